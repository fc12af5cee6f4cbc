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
    public IEnumerable<long> RestingOrderIds => _state.Orders.Live.Select(live => live.Order.OrderId);

    public SettlementItem[] Owed(long account, long after, long upTo) => _state.Outbox.All()
        .Where(owed => owed.Account == account && owed.Item.Sequence > after && owed.Item.Sequence <= upTo)
        .Select(owed => owed.Item)
        .ToArray();

    public void Submit(OrderPlaced order)
    {
        Open();
        var isMarket = order.Type == OrderType.Market;
        Market.TryTicks(order.Price, out var limit);
        Market.TryLots(isMarket && order.Side == Side.Sell ? order.Held : order.Quantity, out var lots);
        Market.TryLots(order.IcebergQuantity, out var display);
        var budget = order.QuoteAmount > 0 ? order.QuoteAmount : isMarket && order.Side == Side.Buy ? order.Held : 0;
        var accepted = new OrderAccepted(
            order.OrderId, OrderIds.AccountOf(order.OrderId), order.ClientOrderId, order.Side, order.Type, order.TimeInForce,
            limit, lots, order.QuoteAmount, display, order.SelfTrade);
        _desk.Submit(accepted, budget, new VenueOffer(_venue));
    }

    public void Cancel(long orderId)
    {
        Open();
        if (_state.Orders.TryLive(orderId, out var live))
            _desk.Cancel(live, Reason.CancelledByUser);
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
        var levels = new PositionLevels(
            request.StopLossTicks, request.TakeProfitTicks, request.TrailUnit, request.TrailDistance, request.ExpiresAtMs);
        var open = new OpenPosition(
            request.PositionId, OrderIds.AccountOf(request.PositionId), request.ClientPositionId, request.Side, request.Margin,
            new Leverage(request.LeverageTenths), levels);
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
    }

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
