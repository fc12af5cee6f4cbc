using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;
using Exchange.Feeds;

namespace Exchange.Grains.Symbols;

/// <summary>A symbol's line to its venue: the subscription, and the mailbox the feed writes to.</summary>
internal sealed class VenueLink : IAsyncDisposable
{
    private readonly List<TimedWait> _waiting = [];
    private readonly SymbolState _state;
    private readonly FeedMailbox _mailbox;
    private readonly IAsyncDisposable _subscription;

    public VenueLink(FeedHub hub, Market market, SymbolState state, Action wake)
    {
        _state = state;
        _mailbox = new FeedMailbox(wake);
        _subscription = hub.Subscribe(market, _mailbox);
    }

    /// <summary>There has been depth to trade against.</summary>
    public bool HadDepth { get; private set; }

    /// <summary>What the last batch said about the feed.</summary>
    public FeedNews News { get; private set; } = new(FeedState.Down, "not heard yet", 0);

    public Task FirstDepth(TimeSpan atMost, TimeProvider time)
    {
        if (HadDepth)
            return Task.CompletedTask;
        var wait = new TimedWait(atMost, time);
        _waiting.RemoveAll(other => other.Done.IsCompleted);
        _waiting.Add(wait);
        return wait.Done;
    }

    /// <summary>Brings the mirror and the queues at the venue up to date. The batch is the caller's until the next call.</summary>
    public FeedBatch Drain()
    {
        var batch = _mailbox.Drain();
        var depth = _state.Venue;
        if (batch.HasSnapshot)
        {
            depth.ApplySnapshot(batch.Bids, batch.Asks, batch.DepthAtMs);
            _state.Queue.Show(depth);
        }
        else
        {
            depth.Apply(batch.Changes, batch.DepthAtMs == 0 ? depth.UpdatedAtMs : batch.DepthAtMs);
            foreach (ref readonly var change in batch.Changes)
                _state.Queue.Show(change.Side, change.Price, change.Lots);
        }

        depth.SetState(batch.State, batch.StateAtMs);
        News = new FeedNews(batch.State, batch.StateReason, batch.HeardAtMs);
        if (!HadDepth && depth.State == FeedState.Live && depth.BestPrice(Side.Buy) > 0)
            DepthHasCome();
        return batch;
    }

    public ValueTask DisposeAsync() => _subscription.DisposeAsync();

    private void DepthHasCome()
    {
        HadDepth = true;
        _waiting.ForEach(wait => wait.Release());
        _waiting.Clear();
    }
}

internal readonly record struct FeedNews(FeedState State, string Reason, long HeardAtMs);
