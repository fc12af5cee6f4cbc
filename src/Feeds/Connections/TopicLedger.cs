using System.Runtime.InteropServices;

namespace Exchange.Feeds.Connections;

/// <summary>What one connection was asked for and what the venue answered. Whoever owns the connection guards it.</summary>
internal sealed class TopicLedger
{
    private enum Stage : byte
    {
        Joining,
        Active,
        Leaving,
        Refused,
    }

    private record struct Entry(Stage Stage, long RequestId, long AtMs);

    private readonly Dictionary<VenueTopic, Entry> _entries = [];
    private readonly HashSet<VenueTopic> _alone = [];

    public int Count => _entries.Count;

    public bool IsKnown(VenueTopic topic) => _entries.ContainsKey(topic);

    public bool IsActive(VenueTopic topic) => _entries.TryGetValue(topic, out var entry) && entry.Stage == Stage.Active;

    /// <summary>Answered, if only with a refusal.</summary>
    public bool IsSettled(VenueTopic topic) =>
        _entries.TryGetValue(topic, out var entry) && entry.Stage is Stage.Active or Stage.Refused;

    /// <summary>A topic of a request that was refused as a whole is asked for again by itself, to find the culprit.</summary>
    public bool MustGoAlone(VenueTopic topic) => _alone.Contains(topic);

    public void Asked(ReadOnlySpan<VenueTopic> topics, bool subscribe, long requestId, long atMs)
    {
        foreach (var topic in topics)
            _entries[topic] = new Entry(subscribe ? Stage.Joining : Stage.Leaving, requestId, atMs);
    }

    /// <summary>The topics that were joined by the request; those that were left are forgotten.</summary>
    public List<VenueTopic> Accepted(long requestId)
    {
        var joined = new List<VenueTopic>();
        foreach (var topic in Of(requestId))
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, topic);
            if (entry.Stage == Stage.Leaving)
            {
                _entries.Remove(topic);
                continue;
            }
            entry.Stage = Stage.Active;
            _alone.Remove(topic);
            joined.Add(topic);
        }
        return joined;
    }

    /// <summary>The one topic that is to blame, or null where they have to be asked for one by one.</summary>
    public VenueTopic? Refused(long requestId, long nowMs)
    {
        var topics = Of(requestId);
        foreach (var topic in topics)
        {
            bool leaving = _entries[topic].Stage == Stage.Leaving;
            if (leaving || topics.Count > 1)
                _entries.Remove(topic);
            if (!leaving && topics.Count > 1)
                _alone.Add(topic);
        }
        if (topics.Count != 1 || !_entries.ContainsKey(topics[0]))
            return null;
        _entries[topics[0]] = new Entry(Stage.Refused, 0, nowMs);
        return topics[0];
    }

    /// <summary>Topics that nobody wants any more and that the venue still sends.</summary>
    public List<VenueTopic> Unwanted(Func<VenueTopic, bool> isWanted)
    {
        var unwanted = new List<VenueTopic>();
        foreach (var (topic, entry) in _entries)
        {
            if (entry.Stage == Stage.Active && !isWanted(topic))
                unwanted.Add(topic);
        }
        return unwanted;
    }

    public void Forget(long refusedBeforeMs, Func<VenueTopic, bool> isWanted)
    {
        foreach (var (topic, entry) in _entries)
        {
            if (entry.Stage == Stage.Refused && (entry.AtMs <= refusedBeforeMs || !isWanted(topic)))
                _entries.Remove(topic);
        }
    }

    /// <summary>When the oldest request that has no answer yet was sent, or null.</summary>
    public (long RequestId, long AtMs)? OldestOpenRequest()
    {
        (long RequestId, long AtMs)? oldest = null;
        foreach (var entry in _entries.Values)
        {
            if (entry.Stage is Stage.Joining or Stage.Leaving && (oldest is null || entry.RequestId < oldest.Value.RequestId))
                oldest = (entry.RequestId, entry.AtMs);
        }
        return oldest;
    }

    private List<VenueTopic> Of(long requestId)
    {
        var topics = new List<VenueTopic>();
        foreach (var (topic, entry) in _entries)
        {
            if (entry.RequestId == requestId && (entry.Stage is Stage.Joining or Stage.Leaving))
                topics.Add(topic);
        }
        return topics;
    }
}
