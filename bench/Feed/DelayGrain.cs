using System.Collections.Concurrent;
using System.Diagnostics;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Orleans.Concurrency;

namespace Exchange.Bench.Feed;

[Alias("bench.IDelayGrain")]
public interface IDelayGrain : IGrainWithIntegerKey
{
    [OneWay, Alias("FeedChanged")]
    Task FeedChanged();
}

/// <summary>Does in its turn what a symbol does with its feed: drains the mailbox and brings its mirror up to date.</summary>
[Reentrant]
public sealed class DelayGrain : Grain, IDelayGrain
{
    public Task FeedChanged()
    {
        DelayedMarket.Of(this.GetPrimaryKeyLong()).Drain();
        return Task.CompletedTask;
    }
}

/// <summary>One market's mailbox, and how long its updates were under way until the grain had them. Lots are the microsecond of sending.</summary>
internal sealed class DelayedMarket
{
    private static readonly ConcurrentDictionary<long, DelayedMarket> All = new();

    private readonly VenueDepth _mirror = new();
    private readonly List<long> _delays = [];
    private volatile bool _isLive;

    private DelayedMarket(IDelayGrain grain) => Mailbox = new FeedMailbox(() => _ = grain.FeedChanged());

    public FeedMailbox Mailbox { get; }
    public bool IsLive => _isLive;
    public IReadOnlyList<long> Delays => _delays;
    public long NowMicroseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    public static DelayedMarket Open(long number, IDelayGrain grain) => All.GetOrAdd(number, _ => new DelayedMarket(grain));

    public static DelayedMarket Of(long number) => All[number];

    public void Forget() => _delays.Clear();

    public void Drain()
    {
        var batch = Mailbox.Drain();
        if (batch.HasSnapshot)
            _mirror.ApplySnapshot(batch.Bids, batch.Asks, batch.DepthAtMs);
        else
            _mirror.Apply(batch.Changes, batch.DepthAtMs);
        var now = NowMicroseconds;
        foreach (ref readonly var change in batch.Changes)
            _delays.Add(now - change.Lots);
        _isLive = batch.State == FeedState.Live;
    }
}
