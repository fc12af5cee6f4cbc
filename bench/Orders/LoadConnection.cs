using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Bench.Orders;

/// <summary>One keep-alive connection with one request under way. Everything happens on the thread that receives.</summary>
public sealed class LoadConnection : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int SwitchingProtocols = 101;

    private readonly LoadRun _run;
    private readonly IOrderSource _orders;
    private readonly OrderWire _wire;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new(unsafeSuppressExecutionContextFlow: true);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _received;
    private long _sentAt;
    private bool _isOpening;

    public LoadConnection(LoadRun run, IOrderSource orders, OrderWire wire)
    {
        _run = run;
        _wire = wire;
        _orders = orders;
        _receive.Completed += (_, _) => OnReceived();
    }

    public LoadTally Tally { get; } = new();

    public async Task RunAsync(IPEndPoint server)
    {
        await _socket.ConnectAsync(server);
        _receive.SetBuffer(_buffer, 0, BufferBytes);
        _isOpening = _orders.Opening.Length > 0;
        if (_isOpening)
            _socket.Send(_orders.Opening);
        else if (!SendNext())
            return;
        if (!_socket.ReceiveAsync(_receive))
            OnReceived();
        await _finished.Task;
    }

    public void Dispose()
    {
        _receive.Dispose();
        _socket.Dispose();
    }

    private void OnReceived()
    {
        try
        {
            do
            {
                if (!TakeReceived())
                {
                    _finished.TrySetResult();
                    return;
                }
            }
            while (!_socket.ReceiveAsync(_receive));
        }
        catch (Exception e) when (e is SocketException or InvalidDataException)
        {
            Tally.CountFailure(e.Message);
            _finished.TrySetResult();
        }
    }

    /// <summary>False when this connection has nothing more to do.</summary>
    private bool TakeReceived()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            Tally.CountFailure(_receive.SocketError == SocketError.Success ? "closed by the server" : _receive.SocketError.ToString());
            return false;
        }

        _received += _receive.BytesTransferred;
        if (!_wire.TryParse(_buffer.AsSpan(0, _received), out var response))
        {
            _receive.SetBuffer(_received, BufferBytes - _received);
            return true;
        }

        var body = _buffer.AsSpan(response.BodyStart, response.Length - response.BodyStart);
        if (_isOpening)
            CountOpening(response.Status);
        else
            Tally.Count(response.Status, body, Stopwatch.GetTimestamp() - _sentAt, _run.IsMeasuring);
        if (!_isOpening)
            _run.OneDone();
        _isOpening = false;
        _received = 0;
        _receive.SetBuffer(0, BufferBytes);
        return SendNext();
    }

    private void CountOpening(int status)
    {
        if (status != SwitchingProtocols)
            throw new InvalidDataException($"opening answered with {status}");
    }

    private bool SendNext()
    {
        if (!_run.MaySend())
            return false;
        var request = _orders.Next();
        _sentAt = Stopwatch.GetTimestamp();
        _socket.Send(request);
        return true;
    }
}
