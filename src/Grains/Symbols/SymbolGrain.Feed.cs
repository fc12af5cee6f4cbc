using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>The venue's side of a symbol. It hears ten times a second and more, so a batch that changes nothing here costs nothing.</summary>
public sealed partial class SymbolGrain
{
    private readonly Action _followFeed;
    private readonly Action _everySecond;
    private VenueLink? _venue;
    private FeedBatch? _batch;
    private long _subscribedMs;

    private VenueDepth? VenueBook => _venue is null ? null : _state.Venue;

    private FeedView Feed => _venue is null
        ? default
        : FeedViews.Of(_venue.News.State, _venue.News.Reason, _venue.News.HeardAtMs, NowMs, _options.MaxDepthAge);

    public async Task<BestPricesView> GetBestPrices()
    {
        await FirstDepth();
        Asked();
        var prices = MarketDataReplies.BestPrices(_state, _positions.MarkTicks, Feed);
        await WhenDurable();
        return prices;
    }

    public async Task FeedChanged()
    {
        if (_venue is null || IsBroken)
            return;
        _batch = _venue.Drain();
        VenuePast.Note(_batch, _state);
        _streams.NoteVenue(_state.History, _batch.Trades.Length);
        await DecideNow(_followFeed).Durable;
    }

    private void FollowFeed()
    {
        var batch = _batch!;
        if (_state.Book.Count > 0)
            FillFromVenue(batch);
        _positions.Tick(batch.Bid, batch.Ask, batch.Mark);
    }

    /// <summary>First what the venue traded on the way, then where its book stands now.</summary>
    private void FillFromVenue(FeedBatch batch)
    {
        var depth = IsTrading ? UsableDepth() : null;
        foreach (ref readonly var trade in batch.Trades)
            _desk.FillFromVenueTrade(trade.TakerSide, trade.Price, trade.Lots, mayFill: depth is not null);
        if (_state.Venue.State == FeedState.Live)
            _desk.PlaceThoseThatWaited();
        if (depth is not null)
            _desk.FillFromVenue(new VenueOffer(depth));
    }

    private async Task FollowVenue(CancellationToken cancellationToken)
    {
        var market = _state.Market;
        if (!market.HasVenue)
            return;
        _state.Queue.Resume();
        await Decide(_desk.QueueThoseWithoutPlace);
        await Backfill(cancellationToken);
        var self = this.AsReference<ISymbolGrain>();
        _subscribedMs = NowMs;
        _venue = new VenueLink(_services.Feeds, market, _state, () => Wake(self));
    }

    /// <summary>On the feed's thread. A symbol that is leaving is not called back to life by a tick.</summary>
    private void Wake(ISymbolGrain self)
    {
        if (!_isLeaving)
            _ = self.FeedChanged();
    }

    /// <summary>The venue's market went on while nobody listened: chart and 24 h ticker are to show it.</summary>
    private async Task Backfill(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.VenuePastWait);
        try
        {
            var missed = await VenuePast.Missed(
                _services.Feeds, _state.Market, _state.History.LastMinuteOpenMs, NowMs, patience.Token);
            await Decide(() => missed.ForEach(_desk.Backfill));
        }
        catch (Exception exception) when (exception is not StateUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            Log.NoVenuePast(_logger, exception, Symbol);
        }
    }

    /// <summary>Only just after the start: later, a venue without depth is down, and nobody is to wait for it.</summary>
    private Task FirstDepth()
    {
        var left = _options.FirstDepthWait - TimeSpan.FromMilliseconds(NowMs - _subscribedMs);
        return _venue is null || left <= TimeSpan.Zero ? Task.CompletedTask : _venue.FirstDepth(left, _services.Time);
    }

    private VenueDepth? UsableDepth() =>
        VenueBook is { } book && book.IsUsable(NowMs, (long)_options.MaxDepthAge.TotalMilliseconds) ? book : null;
}
