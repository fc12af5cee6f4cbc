using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Publishing;

namespace Exchange.Grains.Symbols;

/// <summary>The symbol's public streams: what is durable, in batches, and only while somebody watches.</summary>
public sealed partial class SymbolGrain : ISymbolStreamGrain
{
    /// <summary>How deep the published book is; whoever holds these levels can keep them exact.</summary>
    private const int PublishedLevels = 1_000;

    // Like trade ids: in the order of time across activations, and below 2^53.
    private const int IdsPerMillisecondBits = 12;

    private static readonly TimeSpan NormalPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FastPeriod = TimeSpan.FromMilliseconds(10);

    private SymbolStreams _streams = null!;

    public async Task<WatchedSymbol> Watch(ISymbolObserver observer, StreamPace pace)
    {
        ThrowIfBroken();
        Asked();
        var wasWatched = _streams.IsWatched;
        var paced = _streams.Of(pace);
        if (!paced.Watchers.Renew(observer))
            return new WatchedSymbol(false, null);

        if (wasWatched)
            Observe();
        else
            _streams.ObserveAnew(_view, VenueBook, PublishedLevels);
        StartPublishing(paced);
        var depth = Published(PublishedLevels);
        await WhenDurable();
        return new WatchedSymbol(true, depth);
    }

    public Task Unwatch(ISymbolObserver observer, StreamPace pace)
    {
        var paced = _streams.Of(pace);
        paced.Watchers.Remove(observer);
        StopPublishingToNobody(paced);
        return Task.CompletedTask;
    }

    private void OpenStreams() => _streams = new SymbolStreams(_state.Market, _services.Time, NowMs << IdsPerMillisecondBits);

    /// <summary>While somebody watches this is a state of the published sequence; otherwise it has a number of its own.</summary>
    private DepthView NumberedDepth(int limit)
    {
        if (_streams.IsWatched && limit <= PublishedLevels)
        {
            Observe();
            return Published(limit);
        }

        if (_streams.IsWatched)
            Observe();
        else
            _streams.Log.Restart();
        return MarketDataReplies.Depth(_state, Sequence, _view.Depth(VenueBook, limit)) with { UpdateId = _streams.Log.Id };
    }

    private void Observe() => _streams.Observe(_view, VenueBook, PublishedLevels);

    private DepthView Published(int limit)
    {
        var log = _streams.Log;
        return MarketDataReplies.Depth(_state, Sequence, (Top(log.Levels(Side.Buy)), Top(log.Levels(Side.Sell)))) with { UpdateId = log.Id };

        DepthLevel[] Top(DepthLevel[] levels) => levels.Length <= limit ? levels : levels[..limit];
    }

    private void StartPublishing(PacedWatchers paced)
    {
        if (paced.Timer is not null)
            return;
        paced.Start(_streams.Log.Id);
        var period = paced.Pace == StreamPace.Fast ? FastPeriod : NormalPeriod;
        paced.Timer = this.RegisterGrainTimer(Publish, paced, new GrainTimerCreationOptions(period, period) { Interleave = true });
    }

    private void StopPublishingToNobody(PacedWatchers paced)
    {
        if (paced.Watchers.Count > 0)
            return;
        paced.Timer?.Dispose();
        paced.Timer = null;
    }

    private async Task Publish(PacedWatchers paced, CancellationToken cancellationToken)
    {
        paced.Watchers.RemoveExpired();
        StopPublishingToNobody(paced);
        if (paced.Timer is null || IsBroken)
            return;
        Observe();
        if (paced.Take(_streams.Log, NowMs) is not { } update)
            return;
        try
        {
            await WhenDurable();
        }
        catch (StateUnavailableException)
        {
            // What is not durable did not happen; the next activation starts a sequence of its own.
            return;
        }

        paced.Watchers.Tell(update, static (observer, news) => observer.OnUpdate(news));
    }
}
