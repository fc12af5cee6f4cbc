using Exchange.Domain;
using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
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
public sealed partial class SymbolGrain : JournaledGrain, ISymbolGrain
{
    private static readonly TimeSpan HousekeepingPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StayWithWork = TimeSpan.FromMinutes(10);

    // Many times as long as any message can be on its way.
    private static readonly TimeSpan ForgetQuietAfter = TimeSpan.FromMinutes(15);

    private readonly SymbolServices _services;
    private readonly SymbolOptions _options;
    private readonly ILogger _logger;
    private readonly Queue<(long Sequence, long Account)> _undelivered = new();
    private SymbolState _state = null!;
    private OrderDesk _desk = null!;
    private MarketView _view = null!;
    private SymbolPositions _positions = null!;
    private SymbolOrders _orders = null!;
    private SettlementPump _pump = null!;
    private long _lastAskedMs;
    private volatile bool _isLeaving;

    public SymbolGrain(
        JournalingServices journaling, SymbolServices services, IOptions<SymbolOptions> options, ILogger<SymbolGrain> logger)
        : base(journaling, logger)
    {
        _services = services;
        _options = options.Value;
        _logger = logger;
        _followFeed = FollowFeed;
        _everySecond = EverySecond;
    }

    protected override string Stream => Streams.Symbol(Symbol);
    protected override int RecordsPerSnapshot => _services.Journaling.SymbolRecordsPerSnapshot;

    private string Symbol => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!_services.Catalog.TryGet(Symbol, out var market))
            throw new UnknownSymbolException(Symbol);
        _state = new SymbolState(market, _services.Feeds.RestingFillOf(market));
        _desk = new OrderDesk(_state);
        _view = new MarketView(_state);
        OpenStreams();
        StartCounting();
        _positions = new SymbolPositions(_state, _desk, _services.Positions.TermsOf(Symbol), UsableDepth, () => IsTrading, () => NowMs);
        _orders = new SymbolOrders(_state, _desk, _positions, UsableDepth);
        _pump = new SettlementPump(Symbol, _state.Outbox, GrainFactory, _services.DeadLetters, _options, _services.Time, _logger);
        await base.OnActivateAsync(cancellationToken);

        _state.TakeTouched();
        _state.Orders.SeenAtLeast(NowMs);
        _lastAskedMs = NowMs;
        await FollowVenue(cancellationToken);
        this.RegisterGrainTimer(Housekeep, new GrainTimerCreationOptions(HousekeepingPeriod, HousekeepingPeriod) { Interleave = true });
        _pump.DurableUpTo(DurableSequence);
        _pump.DeliverAll();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isLeaving = true;
        _pump.IsStopped = true;
        if (_venue is not null)
            await _venue.DisposeAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<SubmitReply> Submit(SubmitOrder order)
    {
        await FirstDepth();
        Asked();
        if (_orders.KnownReply(order, Sequence) is { } known)
        {
            await WhenDurable();
            return known;
        }

        _state.Orders.RaiseFloor(order.Account, order.Floor, NowMs);
        var sequence = Sequence + 1;
        var (events, durable) = DecideNow(() => _orders.Submit(order, Refusal(order)));
        await durable;
        return SymbolReplies.Submitted(_state.Market, order, events, sequence);
    }

    public async Task<CancelReply> Cancel(CancelAtSymbol cancel)
    {
        Asked();
        if (!_orders.IsOpen(cancel))
        {
            await WhenDurable();
            return SymbolReplies.NotCancelled(_state, cancel);
        }

        if (!TakesChanges)
            return SymbolReplies.NotNow;

        // The floor may have passed this order long ago, so its end is not looked up afterwards.
        var reply = _orders.CancelledAt(cancel, Sequence + 1);
        await Decide(() => _orders.Cancel(cancel));
        return reply;
    }

    public async Task<ReconcileReply> Reconcile(ReconcileRequest request)
    {
        _state.Orders.RaiseFloor(request.Account, request.Floor, NowMs);
        var unknown = request.OrderIds.Where(id => !_orders.HasArrived(request.Account, id)).ToArray();
        if (unknown.Length > 0)
        {
            await Decide(() =>
            {
                foreach (var id in unknown)
                    _desk.Tombstone(request.Account, id);
            });
        }

        await WhenDurable();
        return new ReconcileReply([.. request.OrderIds.Where(id => _orders.NeverArrived(request.Account, id))]);
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
        var depth = NumberedDepth(limit);
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
        var ticker = MarketDataReplies.Ticker(_state, NowMs, _view.Depth(VenueBook, 1), _positions.MarkTicks, Feed);
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

    public Task<SymbolStatus> GetStatus() => Task.FromResult(MarketDataReplies.Status(_state, Sequence, Feed) with { Market = Status });

    public Task WakeUp() => StartOverIfSuperseded();

    protected override void Replay(long sequence, EventBatch batch) => _state.Replay(sequence, batch);

    protected override void Restore(ReadOnlySpan<byte> snapshot) => SymbolSnapshot.Read(snapshot, _state);

    protected override byte[] TakeSnapshot() => SymbolSnapshot.Write(_state);

    /// <summary>Open orders and owed settlements have nobody else to call the next activation.</summary>
    protected override void OnAbandoned()
    {
        _isLeaving = true;
        _ = this.AsReference<ISymbolGrain>().WakeUp();
    }

    protected override void OnDurable()
    {
        _activity.DurableUpTo(DurableSequence);
        _pump.DurableUpTo(DurableSequence);
        while (_undelivered.TryPeek(out var next) && next.Sequence <= DurableSequence)
            _pump.Deliver(_undelivered.Dequeue().Account);
    }

    private async Task<IReadOnlyList<DomainEvent>> Decide(Action decision)
    {
        var (events, durable) = DecideNow(decision);
        await durable;
        return events;
    }

    /// <summary>Runs one decision and journals its events, if there are any. A decision that throws leaves memory unfit for use.</summary>
    private (List<DomainEvent> Events, Task Durable) DecideNow(Action decision)
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
            return (events, Task.CompletedTask);
        NoteDeliveries(Sequence + 1);
        _streams.Note(now, events);
        _activity.Note(Sequence + 1, events);
        return (events, Append(now, events));
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

    private Reason Refusal(SubmitOrder order)
    {
        if (!IsTrading)
            return Reason.MarketHalted;
        if (OwesTooMuch(order.Account))
            return Reason.Overloaded;
        if (order.Type is OrderType.Limit or OrderType.LimitMaker)
            return MarketFilters.CheckPercentPrice(_state.Market, order.Side, order.LimitTicks, _state.History.AveragePrice(_state.Market, NowMs));
        return _state.Market.HasVenue && UsableDepth() is null ? Reason.MarketDataStale : Reason.None;
    }

    private bool OwesTooMuch(long account) =>
        _state.Outbox.Count >= _options.MaxUnsettled || _state.Outbox.CountOf(account) >= _options.MaxUnsettledPerAccount;

    private void Asked() => _lastAskedMs = NowMs;

    private async Task Housekeep(CancellationToken cancellationToken)
    {
        if (IsBroken)
            return;
        _pump.RetryDue();
        await DecideNow(_everySecond).Durable;
        _state.Orders.SeenAtLeast(_state.Outbox.Accounts, NowMs);
        _state.Orders.ForgetQuiet(NowMs - (long)ForgetQuietAfter.TotalMilliseconds);
        var hasWork = _state.Orders.LiveCount > 0 || !_state.Positions.IsEmpty || _state.Outbox.Count > 0;
        if (hasWork)
            DelayDeactivation(StayWithWork);
        else if (NowMs - _lastAskedMs > _options.IdleAfter.TotalMilliseconds)
            Go();
    }
}
