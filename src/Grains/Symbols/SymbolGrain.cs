using Exchange.Domain;
using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Journaling;
using Exchange.Grains.Positions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Exchange.Grains.Symbols;

/// <summary>
/// A shell around the symbol's state: it lines commands up, journals what the desk decides, and lets replies,
/// settlements and market data out once they are durable. Between deciding and journaling nothing is awaited.
/// </summary>
[Reentrant]
public sealed class SymbolGrain : JournaledGrain, ISymbolGrain, ISymbolPositions
{
    private static readonly TimeSpan HousekeepingPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StayWithWork = TimeSpan.FromMinutes(10);

    private readonly SymbolServices _services;
    private readonly SymbolOptions _options;
    private readonly ILogger _logger;
    private readonly Queue<(long Sequence, long Account)> _undelivered = new();
    private SymbolState _state = null!;
    private OrderDesk _desk = null!;
    private MarketView _view = null!;
    private SymbolPositions _positions = null!;
    private SettlementPump _pump = null!;
    private VenueLink? _venue;
    private long _lastAskedMs;

    public SymbolGrain(
        JournalingServices journaling, SymbolServices services, IOptions<SymbolOptions> options, ILogger<SymbolGrain> logger)
        : base(journaling, logger)
    {
        _services = services;
        _options = options.Value;
        _logger = logger;
    }

    protected override string Stream => Streams.Symbol(Symbol);
    protected override int RecordsPerSnapshot => _services.Journaling.SymbolRecordsPerSnapshot;

    private string Symbol => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!_services.Catalog.TryGet(Symbol, out var market))
            throw new UnknownSymbolException(Symbol);
        _state = new SymbolState(market);
        _desk = new OrderDesk(_state);
        _view = new MarketView(_state);
        _positions = new SymbolPositions(_state, _desk, _services.Positions.TermsOf(Symbol), UsableDepth, () => NowMs);
        _pump = new SettlementPump(Symbol, _state.Outbox, GrainFactory, _services.DeadLetters, _options, _services.Time, _logger);
        await base.OnActivateAsync(cancellationToken);

        _state.TakeTouched();
        _lastAskedMs = NowMs;
        await Backfill(market, cancellationToken);
        Subscribe(market);
        this.RegisterGrainTimer(Housekeep, new GrainTimerCreationOptions(HousekeepingPeriod, HousekeepingPeriod) { Interleave = true });
        _pump.DurableUpTo(DurableSequence);
        _pump.DeliverAll();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _pump.IsStopped = true;
        if (_venue is not null)
            await _venue.DisposeAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<SubmitReply> Submit(SubmitOrder order)
    {
        await FirstDepth();
        Asked();
        if (KnownReply(order) is { } known)
        {
            await WhenDurable();
            return known;
        }

        _state.Orders.RaiseFloor(order.Account, order.Floor, NowMs);
        var sequence = Sequence + 1;
        var events = await Decide(() => Submit(order, Refusal(order)));
        return SymbolReplies.Submitted(_state.Market, order, events, sequence);
    }

    public async Task<CancelReply> Cancel(CancelAtSymbol cancel)
    {
        Asked();
        var wasLive = _state.Orders.TryLive(cancel.OrderId, out var live) && live.Order.Account == cancel.Account;
        if (wasLive)
            await Decide(() => _desk.Cancel(live!, Reason.CancelledByUser));
        else
            await WhenDurable();
        return SymbolReplies.Cancelled(_state, cancel, wasLive);
    }

    public async Task<ReconcileReply> Reconcile(ReconcileRequest request)
    {
        _state.Orders.RaiseFloor(request.Account, request.Floor, NowMs);
        var unknown = request.OrderIds.Where(id => !HasArrived(request.Account, id)).ToArray();
        if (unknown.Length > 0)
        {
            await Decide(() =>
            {
                foreach (var id in unknown)
                    _desk.Tombstone(request.Account, id);
            });
        }

        await WhenDurable();
        return new ReconcileReply([.. request.OrderIds.Where(id => NeverArrived(request.Account, id))]);
    }

    public async Task<QuoteReply> Quote(QuoteRequest request)
    {
        await FirstDepth();
        Asked();
        var market = _state.Market;
        if (market.HasVenue && UsableDepth() is null)
            return new QuoteReply(Reason.MarketDataStale, 0, 0, 0, 0);
        if (request.Quantity > 0 && !market.TryLots(request.Quantity, out _))
            return new QuoteReply(Reason.FilterLotSize, 0, 0, 0, 0);
        market.TryLots(request.Quantity, out var lots);
        var quote = _view.Quote(UsableDepth(), request.Side, lots, request.QuoteAmount);
        return SymbolReplies.Quoted(market, quote);
    }

    public async Task<DepthView> GetDepth(int limit)
    {
        await FirstDepth();
        Asked();
        var depth = MarketDataReplies.Depth(_state, Sequence, _view.Depth(_venue?.Depth, limit));
        await WhenDurable();
        return depth;
    }

    public async Task<TradesView> GetTrades(int limit)
    {
        Asked();
        var trades = MarketDataReplies.Trades(_state, limit);
        await WhenDurable();
        return trades;
    }

    public async Task<TickerView> GetTicker()
    {
        Asked();
        var ticker = MarketDataReplies.Ticker(_state, NowMs, _view.Depth(_venue?.Depth, 1));
        await WhenDurable();
        return ticker;
    }

    public async Task<CandlesView> GetCandles(string interval, int limit)
    {
        Asked();
        var candles = CandleInterval.TryParse(interval, out var parsed)
            ? MarketDataReplies.Candles(_state, parsed, limit)
            : new CandlesView([]);
        await WhenDurable();
        return candles;
    }

    public Task<SymbolStatus> GetStatus() => Task.FromResult(
        MarketDataReplies.Status(_state, Sequence, _venue?.Depth, NowMs, _options.MaxDepthAge));

    public Task WakeUp() => Task.CompletedTask;

    public async Task FeedChanged()
    {
        if (_venue is null || IsBroken)
            return;
        var batch = _venue.Drain();
        foreach (ref readonly var trade in batch.Trades)
            _state.History.AddVenue(trade.Price, trade.Lots, trade.TakerSide, trade.AtMs, _state.Market.NotionalOf(trade.Price, trade.Lots));
        var (bid, ask, mark) = (batch.Bid, batch.Ask, batch.Mark);
        await Decide(() =>
        {
            FillFromVenue();
            _positions.Tick(bid, ask, mark);
        });
    }

    public async Task<PositionReply> OpenPosition(OpenAtSymbol open)
    {
        await FirstDepth();
        Asked();
        var reply = await DecideOnce(open.Account, open.PositionId, open.PositionId, open.Floor, () =>
            _positions.Open(open, _state.Outbox.Count >= _options.MaxUnsettled ? Reason.Overloaded : _positions.Refusal));
        return reply;
    }

    public Task<PositionReply> AddMargin(AddMarginAtSymbol margin)
    {
        Asked();
        return DecideOnce(margin.Account, margin.RequestId, margin.PositionId, margin.Floor, () => _positions.AddMargin(margin));
    }

    public async Task<PositionReply> ChangePosition(ChangeAtSymbol change)
    {
        Asked();
        var reason = Reason.None;
        await Decide(() => reason = _positions.Change(change));
        await WhenDurable();
        return new PositionReply(reason, 0, _positions.View(change.PositionId), null);
    }

    public async Task<PositionReply> ClosePosition(CloseAtSymbol close)
    {
        await FirstDepth();
        Asked();
        var reason = Reason.None;
        var sequence = Sequence + 1;
        var events = await Decide(() => reason = _positions.Close(close));
        await WhenDurable();
        var exit = _positions.ExitOf(close.PositionId, events);
        return new PositionReply(reason, exit is null ? 0 : sequence, _positions.View(close.PositionId), exit);
    }

    public async Task<PositionsView> GetPositions(long account)
    {
        Asked();
        var views = new PositionsView(_positions.ViewsOf(account));
        await WhenDurable();
        return views;
    }

    protected override void Replay(long sequence, EventBatch batch) => _state.Replay(sequence, batch);

    protected override void Restore(ReadOnlySpan<byte> snapshot) => SymbolSnapshot.Read(snapshot, _state);

    protected override byte[] TakeSnapshot() => SymbolSnapshot.Write(_state);

    protected override void OnDurable()
    {
        _pump.DurableUpTo(DurableSequence);
        while (_undelivered.TryPeek(out var next) && next.Sequence <= DurableSequence)
            _pump.Deliver(_undelivered.Dequeue().Account);
    }

    /// <summary>Runs one decision and journals its events, if there are any. A decision that throws leaves memory unfit for use.</summary>
    private async Task<IReadOnlyList<DomainEvent>> Decide(Action decision)
    {
        ThrowIfBroken();
        var now = NowMs;
        List<DomainEvent> events;
        try
        {
            _desk.Begin(Sequence + 1, now);
            decision();
            if (_venue is null)
                _positions.Tick();
            events = _desk.End();
        }
        catch (Exception exception)
        {
            Abandon(exception);
            throw;
        }

        if (events.Count == 0)
            return events;
        NoteDeliveries(Sequence + 1);
        await Append(now, events);
        return events;
    }

    /// <summary>For what holds money: decided when its id comes for the first time, answered alike whenever it comes again.</summary>
    private async Task<PositionReply> DecideOnce(long account, long requestId, long positionId, long floor, Action decision)
    {
        if (_positions.Known(account, requestId, positionId) is null)
        {
            _state.Orders.RaiseFloor(account, floor, NowMs);
            await Decide(decision);
        }

        await WhenDurable();
        return _positions.Known(account, requestId, positionId)!;
    }

    private void NoteDeliveries(long sequence)
    {
        foreach (var account in _state.TakeTouched())
            _undelivered.Enqueue((sequence, account));
    }

    private void Submit(SubmitOrder order, Reason refusal)
    {
        if (refusal != Reason.None)
            _desk.Refuse(order.Account, order.OrderId, refusal);
        else
            _desk.Submit(SymbolReplies.ToAccepted(order), order.BudgetQuote, new VenueOffer(UsableDepth()));
    }

    private Reason Refusal(SubmitOrder order)
    {
        if (_state.Market.Status != MarketStatus.Trading)
            return Reason.MarketHalted;
        if (_state.Outbox.Count >= _options.MaxUnsettled)
            return Reason.Overloaded;
        var needsVenue = order.Type == Domain.Orders.OrderType.Market && _state.Market.HasVenue;
        return needsVenue && UsableDepth() is null ? Reason.MarketDataStale : Reason.None;
    }

    private void FillFromVenue()
    {
        if (_state.Book.Count > 0 && _state.Market.Status == MarketStatus.Trading && UsableDepth() is { } depth)
            _desk.FillFromVenue(new VenueOffer(depth));
    }

    private SubmitReply? KnownReply(SubmitOrder order)
    {
        if (_state.Orders.TryLive(order.OrderId, out var live))
            return SymbolReplies.Alive(_state.Market, live, Sequence);
        if (_state.Orders.TryFinished(order.Account, order.OrderId, out var finished))
            return SymbolReplies.Finished(_state.Market, finished);
        return _state.Orders.IsBelowFloor(order.Account, order.OrderId) ? SymbolReplies.TooLate : null;
    }

    private bool HasArrived(long account, long orderId) =>
        _state.Orders.TryLive(orderId, out _)
        || _state.Orders.TryFinished(account, orderId, out _)
        || _state.Orders.IsBelowFloor(account, orderId);

    private bool NeverArrived(long account, long orderId) =>
        _state.Orders.TryFinished(account, orderId, out var finished) && finished.Reason == Reason.NeverReachedMarket;

    private void Subscribe(Market market)
    {
        if (!market.HasVenue)
            return;
        var self = this.AsReference<ISymbolGrain>();
        _venue = new VenueLink(_services.Feeds, market, () => _ = self.FeedChanged());
    }

    /// <summary>The venue's market went on while nobody listened: chart and 24 h ticker are to show it.</summary>
    private async Task Backfill(Market market, CancellationToken cancellationToken)
    {
        if (!market.HasVenue)
            return;
        try
        {
            var missed = await VenuePast.Missed(_services.Feeds, market, _state.History.LastMinuteOpenMs, NowMs, cancellationToken);
            await Decide(() => missed.ForEach(_desk.Backfill));
        }
        catch (Exception exception) when (exception is not StateUnavailableException)
        {
            Log.NoVenuePast(_logger, exception, Symbol);
        }
    }

    private async Task FirstDepth()
    {
        if (_venue is null || _venue.FirstDepth.IsCompleted)
            return;
        await Task.WhenAny(_venue.FirstDepth, Task.Delay(_options.FirstDepthWait, _services.Time));
    }

    private VenueDepth? UsableDepth() =>
        _venue is { } venue && venue.Depth.IsUsable(NowMs, (long)_options.MaxDepthAge.TotalMilliseconds) ? venue.Depth : null;

    private void Asked() => _lastAskedMs = NowMs;

    private async Task Housekeep(CancellationToken cancellationToken)
    {
        if (IsBroken)
            return;
        _pump.RetryDue();
        await Decide(_positions.EverySecond);
        var hasWork = _state.Orders.LiveCount > 0 || !_state.Positions.IsEmpty || _state.Outbox.Count > 0;
        if (hasWork)
            DelayDeactivation(StayWithWork);
        else if (NowMs - _lastAskedMs > _options.IdleAfter.TotalMilliseconds)
            DeactivateOnIdle();
    }
}
