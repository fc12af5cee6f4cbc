using Microsoft.Extensions.Logging;

namespace Exchange.Feeds.Connections;

/// <summary>
/// Keeps as many connections to a venue as its limits make necessary for what is subscribed, and none when nothing is.
/// All decisions are made under one lock, on calls, on messages and on a steady tick.
/// </summary>
internal sealed class ConnectionManager(
    string venue,
    IVenueProtocol protocol,
    IVenueTransport transport,
    TimeProvider time,
    Random jitter,
    FeedCounters counters,
    ILogger logger) : IConnectionOwner, IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<ConnectionSlot> _slots = [];
    private readonly SlidingWindow _connects = new(protocol.Rules.ConnectsPerWindow, protocol.Rules.ConnectWindow);
    private ITimer? _ticker;
    private int _lastConnection;
    private bool _disposed;

    public int Connections
    {
        get
        {
            lock (_lock)
                return _slots.Sum(slot => slot.Connections.Count());
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Add(string symbol, ITopicUser user)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var slot = _slots.Find(slot => slot.Serves(symbol)) ?? _slots.Find(slot => slot.HasRoom);
            if (slot is null)
                _slots.Add(slot = new ConnectionSlot(protocol, Connect, counters, jitter));
            slot.Add(symbol, user);
            slot.Tick(NowMs);
            _ticker ??= time.CreateTimer(static manager => ((ConnectionManager)manager!).Tick(), this, TickEvery, TickEvery);
        }
    }

    public void Remove(string symbol, ITopicUser user)
    {
        lock (_lock)
        {
            if (_slots.Find(slot => slot.Serves(symbol)) is not { } slot)
                return;
            slot.Remove(symbol, user);
            if (slot.IsEmpty)
                End(slot);
            else
                slot.Tick(NowMs);
        }
    }

    public void Heard(VenueConnection connection, Inbound inbound)
    {
        lock (_lock)
        {
            if (SlotOf(connection) is not { } slot)
                return;
            switch (inbound.Kind)
            {
                case InboundKind.Welcome:
                    Log.Connected(logger, venue, connection.Id);
                    slot.Opened(connection, NowMs);
                    break;
                case InboundKind.Accepted:
                    slot.Accepted(connection, inbound.RequestId);
                    break;
                case InboundKind.Refused:
                    Log.RequestRefused(logger, venue, inbound.Text);
                    slot.Refused(connection, inbound.RequestId, inbound.Text, NowMs);
                    break;
                case InboundKind.GoingAway:
                    connection.IsGoingAway = true;
                    break;
                case InboundKind.TokenExpired:
                    counters.Add(FeedEvent.TokenExpired);
                    protocol.ForgetToken();
                    connection.Close("the token expired");
                    break;
            }
        }
    }

    public void Closed(VenueConnection connection, string reason)
    {
        lock (_lock)
        {
            if (SlotOf(connection) is not { } slot)
                return;
            Log.ConnectionLost(logger, venue, connection.Id, reason);
            slot.Closed(connection, reason, NowMs);
        }
    }

    public void Failed(VenueConnection connection, Exception exception) =>
        Log.ConnectionFailed(logger, venue, connection.Id, exception);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var slot in _slots.ToArray())
                End(slot);
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            foreach (var slot in _slots)
                slot.Tick(NowMs);
        }
    }

    private VenueConnection? Connect(long nowMs)
    {
        if (!_connects.TryTake(nowMs))
            return null;
        var connection = new VenueConnection(++_lastConnection, protocol, transport, time, counters, this);
        connection.Start();
        return connection;
    }

    private ConnectionSlot? SlotOf(VenueConnection connection) => _slots.Find(slot => slot.Connections.Contains(connection));

    private void End(ConnectionSlot slot)
    {
        slot.CloseAll();
        _slots.Remove(slot);
        if (_slots.Count > 0)
            return;
        _ticker?.Dispose();
        _ticker = null;
    }
}
