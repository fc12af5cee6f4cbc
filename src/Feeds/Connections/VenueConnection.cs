using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Exchange.Feeds.Connections;

/// <summary>One connection from start to end: it receives, sends what it is given, and tells its owner what happened.</summary>
internal sealed class VenueConnection(
    int id, IVenueProtocol protocol, IVenueTransport transport, TimeProvider time, FeedCounters counters, IConnectionOwner owner)
{
    private const int OutgoingMax = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly SlidingWindow _malformed = new(protocol.Rules.MalformedPerWindow, protocol.Rules.MalformedWindow);
    private readonly IVenueReader _reader = protocol.CreateReader(id);
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(OutgoingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long _heardAtMs;
    private string? _closeReason;

    public int Id => id;
    public SlidingWindow Sending { get; } = new(protocol.Rules.MessagesPerWindow, protocol.Rules.MessageWindow);
    public TopicLedger Topics { get; } = new();
    public long StartedAtMs { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();
    public long HeardAtMs => Volatile.Read(ref _heardAtMs);

    /// <summary>When the venue was ready for requests, 0 before. Guarded by the owner, as what follows.</summary>
    public long OpenedAtMs { get; set; }
    public TimeSpan PingEvery { get; private set; }
    public long PingedAtMs { get; set; }
    public long ProbedAtMs { get; set; }
    public long LifeToldAtMs { get; set; }
    public long ReadySinceMs { get; set; }
    public bool IsStale { get; set; }
    public bool IsGoingAway { get; set; }
    public bool IsOpen => OpenedAtMs > 0 && !IsClosing;
    public bool IsClosing => _stop.IsCancellationRequested;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Start() => _ = Task.Run(RunAsync);

    public bool TrySend(Action<IBufferWriter<byte>> write)
    {
        var message = new ArrayBufferWriter<byte>(256);
        write(message);
        return TrySend(message.WrittenSpan.ToArray());
    }

    public bool TrySend(byte[] message) => _outgoing.Writer.TryWrite(message);

    public void Close(string reason)
    {
        Interlocked.CompareExchange(ref _closeReason, reason, null);
        Stop();
    }

    private async Task RunAsync()
    {
        string reason;
        try
        {
            reason = await ConverseAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException
            or HttpRequestException or VenueException or InvalidDataException)
        {
            reason = exception.InnerException is { } inner ? $"{exception.Message} ({inner.Message})" : exception.Message;
        }
        catch (Exception exception)
        {
            reason = $"failed unexpectedly: {exception.Message}";
            owner.Failed(this, exception);
        }
        Stop();
        owner.Closed(this, _closeReason ?? reason);
    }

    private async Task<string> ConverseAsync()
    {
        var address = await protocol.LocateAsync(_stop.Token);
        await using var socket = await transport.ConnectAsync(address.Uri, _stop.Token);
        PingEvery = address.PingEvery;
        Volatile.Write(ref _heardAtMs, NowMs);
        if (!address.Welcomes)
            owner.Heard(this, new Inbound(InboundKind.Welcome));
        var sending = SendAllAsync(socket);
        try
        {
            while (await socket.ReceiveAsync(_stop.Token) is { } message)
                Understand(message.Span);
            return socket.CloseReason;
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            Stop();
            await sending;
        }
    }

    private void Understand(ReadOnlySpan<byte> message)
    {
        Volatile.Write(ref _heardAtMs, NowMs);
        counters.Add(FeedEvent.MessageReceived);
        var inbound = _reader.Read(message);
        if (inbound.Kind == InboundKind.Data)
            return;
        if (inbound.Kind == InboundKind.Malformed)
        {
            counters.Add(FeedEvent.MessageMalformed);
            if (!_malformed.TryTake(NowMs))
                Close("too many malformed messages");
            return;
        }
        owner.Heard(this, inbound);
    }

    /// <summary>Not on the caller's thread: it may hold the owner's lock, which those who are stopped want.</summary>
    private void Stop() => _ = _stop.CancelAsync();

    private async Task SendAllAsync(IVenueSocket socket)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(_stop.Token))
                await socket.SendAsync(message, _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            Close(_stop.IsCancellationRequested ? "closed" : $"could not send: {exception.Message}");
        }
    }
}

internal interface IConnectionOwner
{
    void Heard(VenueConnection connection, Inbound inbound);

    void Closed(VenueConnection connection, string reason);

    void Failed(VenueConnection connection, Exception exception);
}
