using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Closures;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Journaling;
using Exchange.Grains.Positions;
using Exchange.Grains.Symbols;
using Exchange.Grains.Values;
using Exchange.Storage.Closures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Exchange.Grains.Portfolios;

/// <summary>
/// A shell around one account's money. An order is held here first, durably, then handed to its symbol; what the symbol
/// decides comes back through its outbox. What became of a hand-over that got no answer is found out by asking.
/// </summary>
[Reentrant]
public sealed partial class PortfolioGrain(
    JournalingServices journaling,
    IMarketCatalog catalog,
    IOptions<PortfolioOptions> options,
    IOptions<JournalingOptions> journalingOptions,
    IOptions<PositionOptions> positionOptions,
    IOptions<ValueOptions> values,
    IOptions<ClosureOptions> closureOptions,
    IClosures closures,
    TimeProvider time,
    ILogger<PortfolioGrain> logger)
    : JournaledGrain(journaling, logger), IPortfolioGrain
{
    private readonly PortfolioOptions _options = options.Value;
    private readonly Submissions _submissions = new();
    private readonly SettlementWaiters _waiters = new(options.Value.SettlementWait, time);
    private readonly RecentOrders _recent = new(options.Value.RecentOrders);
    private Portfolio _portfolio = null!;
    private PortfolioPositions _positions = null!;
    private PortfolioPairs _pairs = null!;
    private IGrainTimer? _reconciling;
    private (string Name, ISymbolGrain Grain)? _lastSymbol;

    protected override string Stream => Streams.Portfolio(Account);
    protected override int RecordsPerSnapshot => journalingOptions.Value.PortfolioRecordsPerSnapshot;

    private long Account => this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _portfolio = new Portfolio(Account);
        await base.OnActivateAsync(cancellationToken);
        _portfolio.ArmedOrdersMax = _options.ArmedOrdersMax;
        foreach (var order in _portfolio.OpenOrders)
            _submissions.Add(order.Symbol, order.OrderId);
        foreach (var hold in _portfolio.Positions.Holds)
            _submissions.Add(hold.Symbol, hold.Id);
        var calls = new SymbolCalls(Account, _options, time, logger);
        _positions = new PortfolioPositions(_portfolio, this, _submissions, GrainFactory, catalog, positionOptions.Value, calls);
        _reset = new AccountReset(_portfolio, this, CancelOrder, _positions.Close, _positions.Cancel, _options, time, logger);
        _pairs = new PortfolioPairs(_portfolio, this, _submissions, GrainFactory, catalog, calls, logger);
        _announcements = new AnnouncementPump(_portfolio, closures, closureOptions.Value, this, logger);
        _announcements.Start();
        ReconcileSoon();
        ResumeReset();
    }

    public async Task<Reason> Open(string email)
    {
        var decision = IfThereIsRoom(_portfolio.Open(email));
        await Journal(decision);
        return decision.Reason;
    }

    public async Task<DepositReply> Deposit(DepositFunds deposit)
    {
        var asset = catalog.Assets.FirstOrDefault(asset => asset.Code == deposit.Asset);
        var decision = asset is null
            ? Decision.Refused(Reason.UnknownAsset)
            : IfThereIsRoom(_portfolio.DepositFunds(deposit.DepositId, asset, deposit.Amount));
        await Journal(decision);
        return new DepositReply(decision.Reason, PortfolioViews.Of(_portfolio.BalanceOf(deposit.Asset)));
    }

    public Task<PlaceReply> PlaceOrder(PlaceOrder order)
    {
        if (!catalog.TryGet(order.Symbol, out var market))
            return Task.FromResult(PortfolioViews.Refused(Reason.UnknownSymbol));
        return NeedsQuote(order) && _portfolio.FindOrder(order.ClientOrderId) is null
            ? PlaceAtQuote(order, market)
            : Place(order, market, PortfolioViews.NoQuote);
    }

    private async Task<PlaceReply> PlaceAtQuote(PlaceOrder order, Market market)
    {
        var quote = await SymbolOf(order.Symbol).Quote(new QuoteRequest(order.Side, order.Quantity, order.QuoteAmount));
        return quote.Reason == Reason.None ? await Place(order, market, quote) : PortfolioViews.Refused(quote.Reason);
    }

    private Task<PlaceReply> Place(PlaceOrder order, Market market, QuoteReply quote)
    {
        var terms = PortfolioViews.ToTerms(order);
        var reference = PortfolioViews.ToReference(order, quote);
        ThrowIfBroken();
        var decision = _portfolio.Place(terms, market, reference);
        if (decision.Existing is { } existing)
            return PlacedBefore(existing, order);
        if (decision.Placed is not { } placed)
            return Task.FromResult(PortfolioViews.Refused(decision.Reason, _portfolio, terms, market, reference));
        if (!TakesNewWork)
            return Task.FromResult(PortfolioViews.Refused(Reason.Overloaded));

        _submissions.Start(market.Symbol, placed.OrderId);
        return HandOver(market, placed, quote);
    }

    public async Task<CancelOrderReply> CancelOrder(CancelOrder cancel)
    {
        if (Find(cancel) is { } open)
            await FateOf(open.Symbol, open.OrderId);
        if (Find(cancel) is not { } order)
        {
            var finished = PortfolioViews.NothingToCancel(Recent(cancel.OrderId, cancel.ClientOrderId), cancel.Symbol);
            await WhenDurable();
            return finished;
        }

        var reply = await SymbolOf(order.Symbol).Cancel(new CancelAtSymbol(Account, order.OrderId));
        if (reply.Sequence > 0)
            await Settled(order.Symbol, reply.Sequence);
        var view = reply.Status.IsDone() ? PortfolioViews.Of(order, reply, NowMs) : Recent(order.OrderId, null);
        return new CancelOrderReply(reply.Reason, view);
    }

    public async Task<BalancesView> GetBalances()
    {
        if (!_portfolio.IsOpened && !_portfolio.IsHouse)
            return new BalancesView(Reason.UnknownAccount, []);
        var balances = PortfolioViews.Of(_portfolio.Balances);
        await WhenDurable();
        return new BalancesView(Reason.None, balances);
    }

    public async Task<OrdersView> GetOpenOrders(string? symbol)
    {
        var orders = _portfolio.OpenOrders
            .Where(order => symbol is null || order.Symbol == symbol)
            .Select(PortfolioViews.Of)
            .ToArray();
        await WhenDurable();
        return new OrdersView(orders);
    }

    public async Task<OrderView?> GetOrder(long orderId, string? clientOrderId)
    {
        var order = Find(new CancelOrder(orderId, clientOrderId ?? "", ""));
        var view = order is null ? Recent(orderId, clientOrderId) : PortfolioViews.Of(order);
        await WhenDurable();
        return view;
    }

    public async Task<SettleReply> Settle(SettlementBatch batch)
    {
        ThrowIfBroken();
        var market = MarketOf(batch);
        var items = SettlementMapping.ToItems(batch.Entries);
        if (FirstSetAside(batch.Symbol, items) is var (record, why))
        {
            await WhenDurable();
            return new SettleReply(why, LastBefore(record, items));
        }

        var upTo = items[^1].Sequence;
        var decision = _portfolio.Settle(market, upTo, items);
        if (decision.Reason != Reason.None)
            return await SetAside(market, items, items[decision.RefusedItem].Sequence, decision.Reason);
        await Apply(decision.Events, batch.Symbol);
        return new SettleReply(Reason.None, upTo);
    }

    public Task WakeUp() => StartOverIfSuperseded();

    protected override void Replay(long sequence, EventBatch batch)
    {
        foreach (var happened in batch.Events)
            _portfolio.Apply(happened, batch.AtMs);
    }

    protected override void Restore(ReadOnlySpan<byte> snapshot) => _portfolio = PortfolioSnapshot.Read(snapshot);

    protected override byte[] TakeSnapshot() => PortfolioSnapshot.Write(_portfolio);

    /// <summary>A silo that has not heard of the market yet must not refuse what happened there.</summary>
    private Market MarketOf(SettlementBatch batch) =>
        catalog.TryGet(batch.Symbol, out var market) ? market : throw new UnknownSymbolException(batch.Symbol);

    private Decision IfThereIsRoom(Decision decision) =>
        decision.Event is null || TakesNewWork ? decision : Decision.Refused(Reason.Overloaded);

    private Task Journal(Decision decision) => decision.Event is { } happened ? Apply([happened]) : WhenDurable();

    private Task Apply(IReadOnlyList<DomainEvent> events, string? settledBy = null)
    {
        ThrowIfBroken();
        if (events.Count == 0)
            return WhenDurable();
        var now = NowMs;
        foreach (var happened in events)
            Apply(happened, now);
        NoteForOwner(Sequence + 1, now, events);
        NoteForValue(now);
        _announcements.Decided(Sequence + 1);
        var durable = Append(now, events);
        if (settledBy is not null)
            _waiters.SettledUpTo(settledBy, _portfolio.MarkOf(settledBy));
        return durable;
    }

    private void Apply(DomainEvent happened, long now)
    {
        try
        {
            if (happened is OrderEnded ended)
                Remember(ended, now);
            _portfolio.Apply(happened, now);
        }
        catch (Exception exception)
        {
            Abandon(exception);
            throw;
        }
    }

    private async Task<PlaceReply> PlacedBefore(KnownOrder existing, PlaceOrder request)
    {
        if (_portfolio.FindOpenOrder(existing.OrderId) is { } unsure)
        {
            try
            {
                await FateOf(unsure.Symbol, unsure.OrderId);
            }
            catch (Exception exception) when (!IsBroken)
            {
                Log.ReconcileFailed(logger, exception, Account, unsure.Symbol);
                return PortfolioViews.FateUnknown(unsure.Terms, unsure.PlacedAtMs);
            }
        }

        var view = _portfolio.FindOpenOrder(existing.OrderId) is { } open
            ? PortfolioViews.Of(open)
            : _recent.Find(existing.OrderId, null) ?? PortfolioViews.Of(existing, request);
        await WhenDurable();
        return PortfolioViews.Placed(view);
    }

    private async Task<PlaceReply> HandOver(Market market, OrderPlaced placed, QuoteReply quote)
    {
        try
        {
            var held = Apply([placed]);
            var placedAtMs = _portfolio.FindOpenOrder(placed.OrderId)!.PlacedAtMs;
            await held;
            var floor = _submissions.Floor(market.Symbol, placed.OrderId);
            var order = PortfolioViews.ToSubmit(Account, market, placed, quote, placed.Held, floor);
            SubmitReply? reply;
            try
            {
                reply = await SymbolOf(market.Symbol).Submit(order);
            }
            catch (Exception exception)
            {
                reply = await SubmitAgain(order, market.Symbol, exception);
            }

            if (reply is null || SymbolReplies.IsTooLate(reply))
                return PortfolioViews.FateUnknown(placed, placedAtMs);

            if (reply.Reason == Reason.NeverReachedMarket)
                await Journal(_portfolio.ReleaseNeverArrived(placed.OrderId));
            _submissions.Confirm(market.Symbol, placed.OrderId);
            if (reply.Status.IsDone() || reply.FilledQuantity > 0)
                await Settled(market.Symbol, reply.Sequence);
            return PortfolioViews.Placed(placed, reply, placedAtMs, NowMs);
        }
        finally
        {
            _submissions.End(placed.OrderId);
            ReconcileSoon();
        }
    }

    /// <summary>The order may have arrived all the same: the symbol knows its id.</summary>
    private async Task<SubmitReply?> SubmitAgain(SubmitOrder order, string symbolName, Exception failure)
    {
        for (var attempt = 1; ; attempt++)
        {
            Log.SubmitFailed(logger, failure, Account, order.OrderId, symbolName, attempt);
            if (IsBroken || attempt >= _options.SubmitAttempts)
                return null;
            await Task.Delay(_options.SubmitRetryDelay * attempt, time);
            try
            {
                return await SymbolOf(symbolName).Submit(order with { Floor = _submissions.Floor(symbolName, order.OrderId) });
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }
    }

    private Task Settled(string symbol, long sequence) =>
        _portfolio.MarkOf(symbol) < sequence ? _waiters.Until(symbol, sequence) : Task.CompletedTask;

    /// <summary>Most accounts keep to one market for a while, and finding a grain costs more than calling it.</summary>
    private ISymbolGrain SymbolOf(string symbol)
    {
        if (_lastSymbol is not { } last || last.Name != symbol)
            _lastSymbol = last = (symbol, GrainFactory.GetGrain<ISymbolGrain>(symbol));
        return last.Grain;
    }

    private OpenOrder? Find(CancelOrder which)
    {
        var orderId = which.OrderId != 0 ? which.OrderId : _portfolio.FindOrder(which.ClientOrderId)?.OrderId ?? 0;
        var order = _portfolio.FindOpenOrder(orderId);
        return order is not null && (which.Symbol.Length == 0 || which.Symbol == order.Symbol) ? order : null;
    }

    private OrderView? Recent(long orderId, string? clientOrderId) => _recent.Find(orderId, clientOrderId);

    private void ReconcileSoon()
    {
        if (!IsBroken && _reconciling is null && _submissions.HasUnresolved)
            _reconciling = this.RegisterGrainTimer(Reconcile, new GrainTimerCreationOptions(TimeSpan.Zero, _options.ReconcilePeriod)
            {
                Interleave = true,
                KeepAlive = true,
            });
    }

    private async Task Reconcile(CancellationToken cancellationToken)
    {
        foreach (var (symbol, orderIds) in _submissions.Unresolved())
        {
            try
            {
                await Reconcile(symbol, orderIds);
            }
            catch (Exception exception)
            {
                Log.ReconcileFailed(logger, exception, Account, symbol);
            }
        }

        if (IsBroken || !_submissions.HasUnresolved)
        {
            _reconciling?.Dispose();
            _reconciling = null;
        }
    }

    /// <summary>Completes when the symbol is known to have the order, or the order is released because it never got there.</summary>
    private async Task FateOf(string symbol, long orderId)
    {
        await _submissions.WhenEnded(orderId);
        if (_submissions.IsUnresolved(symbol, orderId))
            await Reconcile(symbol, [orderId]);
    }

    private async Task Reconcile(string symbol, long[] orderIds)
    {
        // Broken, it may ask about an order that storage never saw, whose id the next activation will give to another.
        ThrowIfBroken();
        // Never above what is asked about: that may have been confirmed meanwhile, and then there is nothing that bounds the floor.
        var request = new ReconcileRequest(Account, _submissions.Floor(symbol, orderIds.Min()), orderIds);
        var reply = await SymbolOf(symbol).Reconcile(request);
        foreach (var orderId in reply.NeverArrived)
            await Journal(_portfolio.ReleaseNeverArrived(orderId));
        foreach (var orderId in orderIds)
            _submissions.Confirm(symbol, orderId);
    }
}
