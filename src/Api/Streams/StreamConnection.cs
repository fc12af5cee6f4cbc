using System.Net;
using System.Net.WebSockets;
using Exchange.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Streams;

/// <summary>One socket: a loop that reads commands and a loop that sends what is queued. Neither waits for anybody else's socket.</summary>
internal sealed class StreamConnection : IDisposable
{
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private readonly WebSocket _socket;
    private readonly FrameStream _stream;
    private readonly StreamOptions _options;
    private readonly StreamCommands _commands;
    private readonly Authenticator _authenticator;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();
    private readonly MessageRate _rate;
    private (WebSocketCloseStatus Status, string Reason)? _close;
    private KnownToken? _signedIn;
    private long _heardAt;

    public StreamConnection(WebSocket socket, FrameStream stream, StreamServices services, Func<StreamConnection, StreamCommands> commands)
    {
        _socket = socket;
        _stream = stream;
        _options = services.Options;
        _authenticator = services.Authenticator;
        _clock = services.Clock;
        _log = services.Log;
        _rate = new MessageRate(_options.MaxMessagesPerSecond, _clock);
        _heardAt = _clock.GetTimestamp();
        Queue = new SendQueue(_options.MaxQueuedBytes);
        var sender = new StreamSender(Queue, stream, services.Writers, SendingFailed, _ended.Token);
        (Queue.Wake, Queue.SendHere) = (sender.Wake, sender.SendSome);
        Replies = new Lane(Queue, Overflow.Cut) { LeavesAtOnce = true };
        _commands = commands(this);
    }

    public SendQueue Queue { get; }
    public Lane Replies { get; }
    public IPAddress? Address { get; init; }
    public Caller? Caller => _signedIn?.Caller;

    public async Task RunAsync(CancellationToken aborted)
    {
        using var abort = aborted.Register(() => End(WebSocketCloseStatus.EndpointUnavailable, "The exchange is stopping."));
        var ending = EndWhenCutAsync();
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
            End(WebSocketCloseStatus.NormalClosure, "");
            await ending;
        }
    }

    /// <summary>The first reason counts.</summary>
    public void End(WebSocketCloseStatus status, string reason)
    {
        lock (_ended)
            _close ??= (status, reason);
        Queue.Cut();
    }

    public void SignIn(Caller caller) => _signedIn = new KnownToken(caller);

    /// <summary>Whether the caller would be let in now; who would not be is shown the door.</summary>
    public async ValueTask<bool> IsStillWelcomeAsync()
    {
        if (_signedIn is not { } known || await _authenticator.IsStillWelcomeAsync(known))
            return true;
        End(WebSocketCloseStatus.PolicyViolation, "The sign-in is over: the token expired, or the session or key was ended.");
        return false;
    }

    /// <summary>Ends a connection that neither listens nor speaks.</summary>
    public void Check()
    {
        if (_commands.SubscriptionCount == 0 && _clock.GetElapsedTime(Volatile.Read(ref _heardAt)) > _options.IdleTimeout)
            End(WebSocketCloseStatus.PolicyViolation, "Nothing subscribed and nothing said for too long.");
    }

    public void Dispose()
    {
        _ended.Dispose();
        _socket.Dispose();
    }

    /// <summary>A peer that reads nothing, or that does not answer the close frame, is not waited for any longer.</summary>
    private async Task EndWhenCutAsync()
    {
        await Queue.WhenCut;
        _ended.CancelAfter(_options.CloseTimeout);
        lock (_ended)
            _close ??= (TryAgainLater, "Too slow: what waited for this reader was more than may wait.");
        await CloseAsync();
    }

    private void SendingFailed(Exception exception)
    {
        if (exception is not (IOException or OperationCanceledException or ObjectDisposedException))
            Log.StreamConnectionFailed(_log, exception);
        End(WebSocketCloseStatus.EndpointUnavailable, "The connection is gone.");
        _socket.Abort();
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
            _stream.GoDirect();
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
