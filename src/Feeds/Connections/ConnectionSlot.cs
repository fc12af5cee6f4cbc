using System.Buffers;

namespace Exchange.Feeds.Connections;

/// <summary>
/// A group of symbols that share a connection, and that connection over time: made when there is something to
/// subscribe to, watched, replaced before the venue ends it, and made again when it was lost. The manager guards it.
/// </summary>
internal sealed class ConnectionSlot(IVenueProtocol protocol, Func<long, VenueConnection?> connect, FeedCounters counters, Random jitter)
{
    private readonly Dictionary<string, List<ITopicUser>> _users = [];
    private readonly Backoff _backoff = new(protocol.Rules.BackoffFirst, protocol.Rules.BackoffLongest, jitter);
    private readonly Backoff _replacing = new(protocol.Rules.BackoffFirst, protocol.Rules.BackoffLongest, jitter);
    private readonly long _replaceAfterMs = ReplaceAfter(protocol.Rules, jitter);
    private VenueConnection? _current;
    private VenueConnection? _next;
    private long _connectAtMs;
    private long _replaceAtMs;
    private long _lastRequestId;

    private ConnectionRules Rules => protocol.Rules;

    public bool IsEmpty => _users.Count == 0;
    public bool HasRoom => (_users.Count + 1) * protocol.Channels.Count <= Rules.TopicsPerConnection;
    public IEnumerable<VenueConnection> Connections
    {
        get
        {
            if (_current is not null)
                yield return _current;
            if (_next is not null)
                yield return _next;
        }
    }

    public bool Serves(string symbol) => _users.ContainsKey(symbol);

    public void Add(string symbol, ITopicUser user)
    {
        if (!_users.TryGetValue(symbol, out var users))
            _users.Add(symbol, users = []);
        users.Add(user);
        if (_current is not { IsOpen: true } current || !current.Topics.IsKnown(TopicsOf(symbol)[0]))
            return;
        user.Joining(current.Id);
        if (Array.TrueForAll(TopicsOf(symbol), current.Topics.IsActive))
            user.Joined(current.Id);
    }

    public void Remove(string symbol, ITopicUser user)
    {
        if (_users.TryGetValue(symbol, out var users) && users.Remove(user) && users.Count == 0)
            _users.Remove(symbol);
    }

    public void CloseAll()
    {
        _current?.Close("nothing is subscribed any more");
        _next?.Close("nothing is subscribed any more");
        _current = _next = null;
    }

    public void Tick(long nowMs)
    {
        if (_current is null && nowMs >= _connectAtMs)
            _current = connect(nowMs);
        if (_current is not null)
            Watch(_current, nowMs);
        if (_next is not null)
            Watch(_next, nowMs);
        Replace(nowMs);
    }

    public void Opened(VenueConnection connection, long nowMs)
    {
        connection.OpenedAtMs = nowMs;
        connection.PingedAtMs = connection.LifeToldAtMs = nowMs;
        counters.Add(FeedEvent.Connected);
        Tick(nowMs);
    }

    public void Accepted(VenueConnection connection, long requestId)
    {
        var joined = connection.Topics.Accepted(requestId);
        if (connection != _current)
            return;
        foreach (string symbol in joined.Select(topic => topic.Symbol).Distinct())
        {
            if (Array.TrueForAll(TopicsOf(symbol), connection.Topics.IsActive))
                ForUsersOf(symbol, user => user.Joined(connection.Id));
        }
    }

    public void Refused(VenueConnection connection, long requestId, string text, long nowMs)
    {
        counters.Add(FeedEvent.RequestRefused);
        if (requestId == 0)
            requestId = connection.Topics.OldestOpenRequest()?.RequestId ?? 0;
        if (connection.Topics.Refused(requestId, nowMs) is { } culprit && connection == _current)
            ForUsersOf(culprit.Symbol, user => user.Refused($"{culprit.Channel} was refused: {text}"));
    }

    public void Closed(VenueConnection connection, string reason, long nowMs)
    {
        if (connection == _next)
        {
            _next = null;
            _replaceAtMs = nowMs + _replacing.NextMs();
        }
        if (connection != _current)
            return;
        counters.Add(connection.OpenedAtMs > 0 ? FeedEvent.ConnectionLost : FeedEvent.ConnectFailed);
        _current = _next;
        _next = null;
        if (_current is { IsOpen: true } heir && IsComplete(heir))
        {
            ForAll(user => user.Switched(heir.Id));
            return;
        }
        ForAll(user => user.Lost(reason));
        if (_current is not null)
            Introduce(_current);
        else
            _connectAtMs = nowMs + _backoff.NextMs();
    }

    private void Watch(VenueConnection connection, long nowMs)
    {
        if (!connection.IsOpen)
        {
            if (nowMs - connection.StartedAtMs > Rules.ConnectWithin.TotalMilliseconds)
                connection.Close($"not connected within {Rules.ConnectWithin.TotalSeconds:0} s");
            return;
        }
        long silence = nowMs - connection.HeardAtMs;
        NoteSilence(connection, silence);
        if (silence > Rules.SilenceMax.TotalMilliseconds)
            connection.Close($"silent for {silence} ms");
        else if (connection.Topics.OldestOpenRequest() is { } open && nowMs - open.AtMs > Rules.AnswerWithin.TotalMilliseconds)
            connection.Close("a request was not answered");
        else
            Attend(connection, silence, nowMs);
    }

    private void NoteSilence(VenueConnection connection, long silence)
    {
        bool isStale = silence > Rules.StaleAfter.TotalMilliseconds;
        if (isStale && !connection.IsStale)
        {
            counters.Add(FeedEvent.ConnectionSilent);
            if (connection == _current)
                ForAll(user => user.Silent($"silent for {silence} ms"));
        }
        connection.IsStale = isStale;
    }

    private void Attend(VenueConnection connection, long silence, long nowMs)
    {
        bool pingDue = connection.PingEvery > TimeSpan.Zero && nowMs - connection.PingedAtMs >= connection.PingEvery.TotalMilliseconds;
        bool probeDue = silence >= Rules.ProbeAfter.TotalMilliseconds
            && nowMs - connection.ProbedAtMs >= Rules.ProbeAfter.TotalMilliseconds;
        if ((pingDue || probeDue) && connection.Sending.TryTake(nowMs)
            && connection.TrySend(into => protocol.WriteProbe(into, ++_lastRequestId)))
        {
            connection.PingedAtMs = connection.ProbedAtMs = nowMs;
            counters.Add(FeedEvent.ProbeSent);
        }
        if (connection == _current && connection.HeardAtMs - connection.LifeToldAtMs >= 1000)
        {
            connection.LifeToldAtMs = connection.HeardAtMs;
            ForAll(user => user.Alive(connection.HeardAtMs));
        }
        if (connection == _current && nowMs - connection.OpenedAtMs > Rules.GoodAfter.TotalMilliseconds)
            _backoff.Reset();
        connection.Topics.Forget(nowMs - (long)Rules.RetryRefusedAfter.TotalMilliseconds, IsWanted);
        Reconcile(connection, nowMs);
    }

    /// <summary>Asks the venue for what is wanted and missing, then to stop what is sent and not wanted, as its limits allow.</summary>
    private void Reconcile(VenueConnection connection, long nowMs)
    {
        var missing = new List<VenueTopic>();
        foreach (string channel in protocol.Channels)
        {
            foreach (string symbol in _users.Keys)
            {
                var topic = new VenueTopic(channel, symbol);
                if (!connection.Topics.IsKnown(topic))
                    missing.Add(topic);
            }
        }
        if (!Request(connection, missing, subscribe: true, nowMs))
            return;
        var unwanted = connection.Topics.Unwanted(IsWanted);
        unwanted.Sort(static (one, other) => string.CompareOrdinal(one.Channel, other.Channel));
        Request(connection, unwanted, subscribe: false, nowMs);
    }

    private bool Request(VenueConnection connection, List<VenueTopic> topics, bool subscribe, long nowMs)
    {
        var left = topics.ToArray().AsSpan();
        while (left.Length > 0)
        {
            int room = Rules.TopicsPerConnection - connection.Topics.Count;
            if (subscribe && room <= 0 || !connection.Sending.TryTake(nowMs))
                return false;
            var batch = subscribe ? left[..Math.Min(room, left.Length)] : left;
            batch = batch[..Together(connection, batch)];
            long id = ++_lastRequestId;
            var message = new ArrayBufferWriter<byte>(256);
            int named = protocol.WriteRequest(message, id, subscribe, batch);
            if (!connection.TrySend(message.WrittenSpan.ToArray()))
                return false;
            counters.Add(FeedEvent.RequestSent);
            Note(connection, left[..named], subscribe, id, nowMs);
            left = left[named..];
        }
        return true;
    }

    private static int Together(VenueConnection connection, ReadOnlySpan<VenueTopic> topics)
    {
        int count = 0;
        while (count < topics.Length && !connection.Topics.MustGoAlone(topics[count]))
            count++;
        return Math.Max(1, count);
    }

    private void Note(VenueConnection connection, ReadOnlySpan<VenueTopic> topics, bool subscribe, long id, long nowMs)
    {
        connection.Topics.Asked(topics, subscribe, id, nowMs);
        if (!subscribe || connection != _current)
            return;
        foreach (var topic in topics)
        {
            if (topic.Channel == protocol.Channels[0])
                ForUsersOf(topic.Symbol, user => user.Joining(connection.Id));
        }
    }

    /// <summary>The new connection first, then a while with both, then the old one goes.</summary>
    private void Replace(long nowMs)
    {
        if (_current is not { IsOpen: true } current)
            return;
        bool due = current.IsGoingAway || nowMs - current.OpenedAtMs >= _replaceAfterMs;
        if (due && _next is null && nowMs >= _replaceAtMs)
            _next = connect(nowMs);
        if (_next is not { IsOpen: true } next || !IsComplete(next))
            return;
        if (next.ReadySinceMs == 0)
            next.ReadySinceMs = nowMs;
        if (nowMs - next.ReadySinceMs < Rules.Overlap.TotalMilliseconds)
            return;
        counters.Add(FeedEvent.ConnectionReplaced);
        (_current, _next) = (next, null);
        _replacing.Reset();
        ForAll(user => user.Switched(next.Id));
        current.Close("replaced");
    }

    private bool IsComplete(VenueConnection connection) =>
        _users.Keys.All(symbol => Array.TrueForAll(TopicsOf(symbol), connection.Topics.IsSettled));

    /// <summary>Tells the users about a connection that was to become the next one and is suddenly the only one.</summary>
    private void Introduce(VenueConnection connection)
    {
        foreach (string symbol in _users.Keys)
        {
            var topics = TopicsOf(symbol);
            if (!connection.Topics.IsKnown(topics[0]))
                continue;
            ForUsersOf(symbol, user => user.Joining(connection.Id));
            if (Array.TrueForAll(topics, connection.Topics.IsActive))
                ForUsersOf(symbol, user => user.Joined(connection.Id));
        }
    }

    private VenueTopic[] TopicsOf(string symbol) =>
        [.. protocol.Channels.Select(channel => new VenueTopic(channel, symbol))];

    private bool IsWanted(VenueTopic topic) => _users.ContainsKey(topic.Symbol);

    private void ForUsersOf(string symbol, Action<ITopicUser> tell)
    {
        if (_users.TryGetValue(symbol, out var users))
            users.ForEach(tell);
    }

    private void ForAll(Action<ITopicUser> tell)
    {
        foreach (var users in _users.Values)
            users.ForEach(tell);
    }

    /// <summary>Up to a tenth earlier, so that connections that were made together are not replaced together.</summary>
    private static long ReplaceAfter(ConnectionRules rules, Random jitter)
    {
        lock (jitter)
            return (long)(rules.ReplaceAfter.TotalMilliseconds * (1 - jitter.NextDouble() / 10));
    }
}
