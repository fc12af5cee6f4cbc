namespace Exchange.VenueSimulator;

/// <summary>A connected client as the venue sees it: its topics, and how often it spoke.</summary>
public sealed class VenueClient(VenueSocket socket)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _topics = [];
    private readonly Queue<DateTimeOffset> _spokeAt = new();

    public VenueSocket Socket => socket;

    public IReadOnlyCollection<string> Topics
    {
        get
        {
            lock (_lock)
                return [.. _topics];
        }
    }

    public int TopicCount
    {
        get
        {
            lock (_lock)
                return _topics.Count;
        }
    }

    public bool Wants(string topic)
    {
        lock (_lock)
            return _topics.Contains(topic);
    }

    public void Add(IEnumerable<string> topics)
    {
        lock (_lock)
            _topics.UnionWith(topics);
    }

    public void Remove(IEnumerable<string> topics)
    {
        lock (_lock)
            _topics.ExceptWith(topics);
    }

    /// <summary>Whether the client has now sent more messages in the stretch of time than the venue allows.</summary>
    public bool SpeaksTooOften(DateTimeOffset now, int limit, TimeSpan length)
    {
        lock (_lock)
        {
            _spokeAt.Enqueue(now);
            while (_spokeAt.Peek() <= now - length)
                _spokeAt.Dequeue();
            return _spokeAt.Count > limit;
        }
    }
}
