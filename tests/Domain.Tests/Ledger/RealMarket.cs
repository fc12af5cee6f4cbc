using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Symbols;
using Exchange.Domain.Triggers;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>The symbol as it is: its own book, matching, venue depth and outbox.</summary>
internal sealed class RealMarket : IPaperMarket
{
    private readonly VenueDepth _venue = new();
    private long _middle;
    private PositionTrading _positions;
    private Quotes _quotes;
    private SymbolState _state;
    private OrderDesk _desk;
    private bool _isOpen;

    public RealMarket(Market market, decimal middle)
    {
        _state = new SymbolState(market);
        _desk = new OrderDesk(_state);
        _positions = new PositionTrading(_state, _desk, Terms);
        _middle = (long)(middle / market.TickSize);
        _venue.SetState(FeedState.Live, 0);
        RefreshVenue();
        _quotes = MarketQuotes.Now(_state, _venue);
    }

    public static CfdTerms Terms { get; } = new()
    {
        MaintenanceBps = 40, EntryFeeBps = 5, ExitFeeBps = 7, FundingIntervalMs = 50, FundingRate = 0.0003m,
    };

    public PositionBook Positions => _state.Positions;
    public decimal Middle => Market.PriceOf(_middle);

    public Market Market => _state.Market;
    public long Sequence { get; private set; }
    public List<(long Sequence, EventBatch Batch)> Journal { get; } = [];
    public SymbolState State => _state;

    public IEnumerable<long> RestingOrderIds => _state.Orders.Live.Select(live => live.Order.OrderId);

    public SettlementItem[] Owed(long account, long after, long upTo) => _state.Outbox.All()
        .Where(owed => owed.Account == account && owed.Item.Sequence > after && owed.Item.Sequence <= upTo)
        .Select(owed => owed.Item)
        .ToArray();

    public void Submit(OrderPlaced order)
    {
        Open();
        if (order.Type.IsConditional())
            _positions.Conditionals.Place(Armed(order, order.Held), MarketQuotes.Now(_state, _venue));
        else
            _desk.Submit(Accepted(order), Budget(order, order.Held), new VenueOffer(_venue));
    }

    public void Submit(OrderPlaced profit, OrderPlaced stop)
    {
        Open();
        var (quotes, held) = (MarketQuotes.Now(_state, _venue), profit.Held + stop.Held);
        if (profit.Type.IsConditional())
            _positions.Conditionals.PlacePair(Armed(profit, held), Armed(stop, held), quotes);
        else
            _positions.Conditionals.PlacePair(Accepted(profit), Armed(stop, held), quotes, new VenueOffer(_venue));
    }

    public void Cancel(long orderId)
    {
        Open();
        if (_state.Orders.TryLive(orderId, out var live))
            _desk.Cancel(live, Reason.CancelledByUser);
        else if (_positions.Entries.IsWaiting(OrderIds.AccountOf(orderId), orderId))
            _positions.Entries.Cancel(OrderIds.AccountOf(orderId), orderId);
        else
            _positions.Conditionals.Cancel(OrderIds.AccountOf(orderId), orderId);
    }

    public void FillFromVenue(long orderId, long lots)
    {
        Open();
        if (!_state.Orders.TryLive(orderId, out var live))
            return;
        var beyond = live.Order.Side == Side.Buy ? -1 : 1;
        _desk.FillFromVenueTrade(live.Order.Side.Opposite(), live.Order.PriceTicks + beyond, lots);
    }

    public void Open(PositionRequested request)
    {
        Open();
        var open = new OpenPosition(
            request.PositionId, OrderIds.AccountOf(request.PositionId), request.ClientPositionId, request.Side, request.Margin,
            new Leverage(request.LeverageTenths), request.Levels, request.Held - request.Margin);
        if (request.Waits)
            _positions.Entries.Place(open, new EntryTrigger(request.TriggerTicks, request.Direction), MarketQuotes.Now(_state, _venue), NowMs);
        else
            _positions.Open(open, MarketQuotes.Now(_state, _venue), new VenueOffer(_venue), NowMs);
    }

    public void AddMargin(MarginRequested request)
    {
        Open();
        _positions.AddMargin(OrderIds.AccountOf(request.RequestId), request.PositionId, request.RequestId, request.Held);
    }

    public Reason Close(long account, long positionId, long lots)
    {
        Open();
        return _positions.Close(account, positionId, lots, MarketQuotes.Now(_state, _venue), new VenueOffer(_venue));
    }

    /// <summary>The venue's prices move, and what watches them fires.</summary>
    public void Move(int basisPoints)
    {
        Flush();
        _middle += _middle * basisPoints / 10_000;
        RefreshVenue();
        Open();
        var before = _quotes;
        _quotes = MarketQuotes.Now(_state, _venue);
        var tick = new MarketTick(
            PricePath.At(before.Bid).To(_quotes.Bid), PricePath.At(before.Ask).To(_quotes.Ask), PricePath.At(before.Mark).To(_quotes.Mark));
        _positions.Tick(tick, _quotes, new VenueOffer(_venue), NowMs);
        _positions.PayFunding(NowMs, _quotes.Mark);
        _positions.FlushTrailing();
        Flush();
    }

    public void Flush()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        var events = _desk.End();
        if (events.Count == 0)
            return;
        Sequence++;
        Journal.Add((Sequence, EventCodec.Decode(EventCodec.Encode(new EventBatch(Sequence, events)))));
        RefreshVenue();
    }

    public void Restart()
    {
        Flush();
        _state = new SymbolState(Market);
        _desk = new OrderDesk(_state);
        _positions = new PositionTrading(_state, _desk, Terms);
        foreach (var (sequence, batch) in Journal)
            _state.Replay(sequence, batch);
        _state.Positions.Validate();
    }

    private OrderAccepted Accepted(OrderPlaced order)
    {
        Market.TryTicks(order.Price, out var limit);
        Market.TryLots(order.IcebergQuantity, out var display);
        return new OrderAccepted(
            order.OrderId, OrderIds.AccountOf(order.OrderId), order.ClientOrderId, order.Side, order.Type, order.TimeInForce,
            limit, Lots(order, order.Held), order.QuoteAmount, display, order.SelfTrade);
    }

    private ConditionalArmed Armed(OrderPlaced order, decimal held)
    {
        Market.TryTicks(order.Price, out var limit);
        Market.TryTicks(order.StopPrice, out var stop);
        Market.TryLots(order.IcebergQuantity, out var display);
        var lots = Lots(order, held);
        return new ConditionalArmed(
            order.OrderId, OrderIds.AccountOf(order.OrderId), order.ClientOrderId, order.Type.ToConditional(), order.Side, order.TimeInForce,
            stop, order.TrailingBps, 0, limit, lots, lots > 0 ? 0 : order.QuoteAmount, display, order.SelfTrade, order.PairId,
            Budget(order, held));
    }

    private long Lots(OrderPlaced order, decimal held)
    {
        var sellsWhatIsHeld = order.Type.Working() == OrderType.Market && order.Side == Side.Sell;
        Market.TryLots(sellsWhatIsHeld ? held : order.Quantity, out var lots);
        return lots;
    }

    private static decimal Budget(OrderPlaced order, decimal held) =>
        order.QuoteAmount > 0 ? order.QuoteAmount : order.Type.Working() == OrderType.Market && order.Side == Side.Buy ? held : 0;

    private long NowMs => Sequence + 1;

    private void Open()
    {
        if (_isOpen)
            return;
        _isOpen = true;
        _desk.Begin(Sequence + 1, Sequence + 1);
    }

    /// <summary>A few levels on both sides, wide enough to let users meet each other between them.</summary>
    private void RefreshVenue()
    {
        var bids = new DepthLevel[5];
        var asks = new DepthLevel[5];
        for (var i = 0; i < bids.Length; i++)
        {
            bids[i] = new DepthLevel(_middle - 1_000 - 200 * i, 5_000 + Sequence % 7);
            asks[i] = new DepthLevel(_middle + 1_000 + 200 * i, 5_000 + Sequence % 5);
        }

        Assert.Equal(DepthRefusal.None, _venue.ApplySnapshot(bids, asks, Sequence));
    }
}
