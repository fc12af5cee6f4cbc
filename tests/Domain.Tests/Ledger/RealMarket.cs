using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>The symbol as it is: its own book, matching, venue depth and outbox.</summary>
internal sealed class RealMarket : IPaperMarket
{
    private readonly VenueDepth _venue = new();
    private readonly long _middle;
    private SymbolState _state;
    private OrderDesk _desk;
    private bool _isOpen;

    public RealMarket(Market market, decimal middle)
    {
        _state = new SymbolState(market);
        _desk = new OrderDesk(_state);
        _middle = (long)(middle / market.TickSize);
        _venue.SetState(FeedState.Live, 0);
        RefreshVenue();
    }

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
        _desk.FillFromVenueTrade(live.Order.PriceTicks + beyond, lots);
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
        foreach (var (sequence, batch) in Journal)
            _state.Replay(sequence, batch);
    }

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
