using System.Net.WebSockets;
using Exchange.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Streams;

/// <summary>One socket: a loop that reads commands and a loop that sends what is queued. Neither waits for anybody else's socket.</summary>
internal sealed class StreamConnection : IDisposable
{
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private const int BatchBytes = 32 * 1024;

    private readonly WebSocket _socket;
    private readonly CorkedStream? _stream;
    private readonly StreamOptions _options;
    private readonly StreamCommands _commands;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();
    private readonly MessageRate _rate;
    private (WebSocketCloseStatus Status, string Reason)? _close;
    private long _heardAt;

    /// <param name="stream">What the socket writes to, where it can hold frames back; null where it cannot.</param>
    public StreamConnection(
        WebSocket socket, CorkedStream? stream, StreamOptions options, Func<StreamConnection, StreamCommands> commands, TimeProvider clock, ILogger log)
    {
        _socket = socket;
        _stream = stream;
        _options = options;
        _clock = clock;
        _log = log;
        _rate = new MessageRate(options.MaxMessagesPerSecond, clock);
        _heardAt = clock.GetTimestamp();
        Queue = new SendQueue(options.MaxQueuedBytes);
        Replies = new Lane(Queue, Overflow.Cut);
        _commands = commands(this);
    }

    public SendQueue Queue { get; }
    public Lane Replies { get; }
    public Caller? Caller { get; set; }

    public async Task RunAsync(CancellationToken aborted)
    {
        using var abort = aborted.Register(() => End(WebSocketCloseStatus.EndpointUnavailable, "The exchange is stopping."));
        var sending = SendAsync();
        var ending = BoundTheEndAsync();
        try
        {
            await ReceiveAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer is gone, or this side has decided to end: both are the normal end of a socket.
        }
        catch (Exception exception)
        {
            Log.StreamConnectionFailed(_log, exception);
            End(WebSocketCloseStatus.InternalServerError, "Something went wrong here.");
        }
        finally
        {
            _commands.Stop();
            Queue.Cut();
            await ending;
            await sending;
            await CloseAsync();
        }
    }

    /// <summary>The first reason counts.</summary>
    public void End(WebSocketCloseStatus status, string reason)
    {
        lock (_ended)
            _close ??= (status, reason);
        Queue.Cut();
    }

    /// <summary>Ends a connection that neither listens nor speaks, or whose sign-in is over.</summary>
    public void Check()
    {
        if (Caller is { } caller && caller.ExpiresAt <= _clock.GetUtcNow())
            End(WebSocketCloseStatus.PolicyViolation, "The token has expired.");
        else if (_commands.SubscriptionCount == 0 && _clock.GetElapsedTime(Volatile.Read(ref _heardAt)) > _options.IdleTimeout)
            End(WebSocketCloseStatus.PolicyViolation, "Nothing subscribed and nothing said for too long.");
    }

    public void Dispose()
    {
        _ended.Dispose();
        _socket.Dispose();
    }

    /// <summary>A peer that reads nothing, or that does not answer the close frame, is not waited for any longer.</summary>
    private async Task BoundTheEndAsync()
    {
        await Queue.WhenCut;
        _ended.CancelAfter(_options.CloseTimeout);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[Math.Min(1024, _options.MaxMessageBytes)];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 4, _options.MaxMessageBytes + 1));
                part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage && length <= _options.MaxMessageBytes);

            if (part.MessageType == WebSocketMessageType.Close)
                return;
            Volatile.Write(ref _heardAt, _clock.GetTimestamp());
            if (Violation(part, length) is { } violation)
            {
                End(violation.Status, violation.Reason);
                return;
            }

            await _commands.HandleAsync(buffer.AsMemory(0, length).ToArray());
        }
    }

    private (WebSocketCloseStatus Status, string Reason)? Violation(ValueWebSocketReceiveResult part, int length)
    {
        if (length > _options.MaxMessageBytes)
            return (WebSocketCloseStatus.MessageTooBig, $"A message has at most {_options.MaxMessageBytes} bytes.");
        if (part.MessageType == WebSocketMessageType.Binary)
            return (WebSocketCloseStatus.InvalidMessageType, "Messages are text.");
        return _rate.TryTake() ? null : (WebSocketCloseStatus.PolicyViolation, $"At most {_options.MaxMessagesPerSecond} messages per second.");
    }

    private async Task SendAsync()
    {
        try
        {
            while (!Queue.IsCut)
            {
                if (!await SendBatchAsync())
                    await Queue.WaitAsync(_ended.Token);
            }

            lock (_ended)
                _close ??= (TryAgainLater, "Too slow: what waited for this reader was more than may wait.");
            await CloseAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            await _ended.CancelAsync();
        }
    }

    /// <summary>What waits leaves together, up to some size; false where nothing waited.</summary>
    private async ValueTask<bool> SendBatchAsync()
    {
        var bytes = 0;
        _stream?.Cork();
        while (bytes < BatchBytes && Queue.TryTake(out var message))
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, _ended.Token);
            bytes += message.Length;
        }

        if (_stream is not null)
            await _stream.UncorkAsync(_ended.Token);
        return bytes > 0;
    }

    private async Task CloseAsync()
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        using var patience = new CancellationTokenSource(_options.CloseTimeout);
        try
        {
            var isPeersWish = _socket.State == WebSocketState.CloseReceived;
            var (status, reason) = isPeersWish ? (WebSocketCloseStatus.NormalClosure, "") : _close ?? (WebSocketCloseStatus.NormalClosure, "");
            await _socket.CloseOutputAsync(status, reason, patience.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            _socket.Abort();
        }
    }
}
