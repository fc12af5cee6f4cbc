namespace Exchange.Api.Streams;

/// <summary>One stream of this silo. Each message is serialised once, and all who subscribed share its bytes.</summary>
internal class Topic(string name, Overflow overflow)
{
    private readonly HashSet<Lane> _lanes = [];

    public string Name => name;
    public Overflow Overflow => overflow;

    protected Lock Gate { get; } = new();

    public void Join(Lane lane)
    {
        lock (Gate)
        {
            if (_lanes.Add(lane) && Greeting() is { } message)
                lane.Add(message);
        }
    }

    public void Leave(Lane lane)
    {
        lock (Gate)
            _lanes.Remove(lane);
        lane.Close();
    }

    public void Publish(byte[] message)
    {
        lock (Gate)
            Send(message);
    }

    /// <summary>What a lane gets in place of what it could not hold.</summary>
    public byte[] Resnapshot(Action whileNothingIsAdded)
    {
        lock (Gate)
        {
            whileNothingIsAdded();
            return StandIn();
        }
    }

    /// <summary>The first message of a new subscriber, if there is one.</summary>
    protected virtual byte[]? Greeting() => null;

    protected virtual byte[] StandIn() => throw new NotSupportedException($"{name} keeps nothing that could stand for what was dropped.");

    protected void Send(byte[] message)
    {
        foreach (var lane in _lanes)
            lane.Add(message);
    }
}

/// <summary>A stream whose newest message says it all.</summary>
internal sealed class LatestTopic(string name) : Topic(name, Overflow.KeepLatest)
{
    private byte[]? _latest;

    public void PublishLatest(byte[] message)
    {
        lock (Gate)
        {
            _latest = message;
            Send(message);
        }
    }

    protected override byte[]? Greeting() => _latest;
}
