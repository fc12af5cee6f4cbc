using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Exchange.Feeds;

namespace Exchange.Grains.Symbols;

/// <summary>A symbol's line to its venue: the subscription, the mailbox the feed writes to, and the mirror of the venue's book.</summary>
internal sealed class VenueLink : IAsyncDisposable
{
    private readonly List<TimedWait> _waiting = [];
    private readonly FeedMailbox _mailbox;
    private readonly IAsyncDisposable _subscription;

    public VenueLink(FeedHub hub, Market market, Action wake)
    {
        _mailbox = new FeedMailbox(wake);
        _subscription = hub.Subscribe(market, _mailbox);
    }

    public VenueDepth Depth { get; } = new();

    /// <summary>There has been depth to trade against.</summary>
    public bool HadDepth { get; private set; }

    public Task FirstDepth(TimeSpan atMost, TimeProvider time)
    {
        if (HadDepth)
            return Task.CompletedTask;
        var wait = new TimedWait(atMost, time);
        _waiting.RemoveAll(other => other.Done.IsCompleted);
        _waiting.Add(wait);
        return wait.Done;
    }

    /// <summary>Brings the mirror up to date. The batch is the caller's until the next call.</summary>
    public FeedBatch Drain()
    {
        var batch = _mailbox.Drain();
        if (batch.HasSnapshot)
            Depth.ApplySnapshot(batch.Bids, batch.Asks, batch.DepthAtMs);
        else
            Depth.Apply(batch.Changes, batch.DepthAtMs == 0 ? Depth.UpdatedAtMs : batch.DepthAtMs);
        Depth.SetState(batch.State, batch.StateAtMs);
        if (!HadDepth && Depth.State == FeedState.Live && Depth.BestPrice(Domain.Orders.Side.Buy) > 0)
        {
            HadDepth = true;
            _waiting.ForEach(wait => wait.Release());
            _waiting.Clear();
        }

        return batch;
    }

    public ValueTask DisposeAsync() => _subscription.DisposeAsync();
}
