using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>
/// The least that can stand in for a symbol: a list of resting orders, a journal, and what it owes to each account.
/// </summary>
internal sealed class PaperMarket(Market market) : IPaperMarket
{
    private readonly List<Resting> _book = [];
    private readonly List<DomainEvent> _pending = [];
    private readonly List<(long Account, SettlementItem Item)> _owed = [];
    private long _lastTradeId;

    public Market Market => market;
    public long Sequence { get; private set; }
    public List<(long Sequence, EventBatch Batch)> Journal { get; } = [];
    public IEnumerable<long> RestingOrderIds => _book.Select(order => order.OrderId);

    public SettlementItem[] Owed(long account, long after, long upTo) => _owed
        .Where(owed => owed.Account == account && owed.Item.Sequence > after && owed.Item.Sequence <= upTo)
        .Select(owed => owed.Item)
        .ToArray();

    public void Submit(OrderPlaced order)
    {
        var taker = new Resting(order, market);
        while (!taker.IsSpent && BestAgainst(order, taker) is { } maker)
        {
            var lots = Math.Min(Math.Min(taker.Lots, maker.Lots), taker.AffordableLots(maker.Ticks, market));
            if (lots == 0)
                break;
            if (maker.Account == taker.Account && order.SelfTrade == SelfTradePrevention.Decrement)
            {
                taker.Lots -= lots;
                maker.Lots -= lots;
                _pending.Add(new OrderDecremented(maker.OrderId, lots));
                _pending.Add(new OrderDecremented(taker.OrderId, lots));
            }
            else
            {
                Trade(taker, maker, lots);
            }

            if (maker.Lots == 0)
                End(maker, OrderStatus.Filled, Reason.None);
        }

        if (taker.Lots == 0)
            End(taker, OrderStatus.Filled, Reason.None);
        else if (order.Type == OrderType.Market || order.TimeInForce != TimeInForce.GoodTillCancelled)
            End(taker, OrderStatus.Expired, Reason.RemainderExpired);
        else
            _book.Add(taker);
    }

    public void Cancel(long orderId)
    {
        if (_book.Find(order => order.OrderId == orderId) is { } resting)
            End(resting, OrderStatus.Cancelled, Reason.CancelledByUser);
    }

    public void FillFromVenue(long orderId, long lots)
    {
        if (_book.Find(order => order.OrderId == orderId) is not { } maker)
            return;
        lots = Math.Min(lots, maker.Lots);
        maker.Lots -= lots;
        var fee = Fees.Of(market, maker.Side, maker.Ticks, lots, market.MakerFeeBps);
        _pending.Add(new Traded(
            ++_lastTradeId, maker.Side.Opposite(), 0, market.HouseAccount, maker.OrderId, maker.Account, maker.Ticks, lots, 0, fee));
        if (maker.Lots == 0)
            End(maker, OrderStatus.Filled, Reason.None);
    }

    public void Flush()
    {
        if (_pending.Count == 0)
            return;
        Sequence++;
        var house = default(SettlementLeg);
        for (var i = 0; i < _pending.Count; i++)
            Owe(_pending[i], i, ref house);
        if (house.IsPresent)
            _owed.Add((market.HouseAccount, SettlementItem.House(Sequence, _pending.Count, house.BaseChange, house.QuoteChange)));
        Journal.Add((Sequence, new EventBatch(Sequence, [.. _pending])));
        _pending.Clear();
    }

    public void Restart() => Flush();

    private void Owe(DomainEvent domainEvent, int index, ref SettlementLeg house)
    {
        switch (domainEvent)
        {
            case Traded e:
                var legs = SettlementLegs.Of(e, market);
                if (legs.Buyer.IsPresent)
                    _owed.Add((legs.Buyer.Account, legs.BuyerItem(e, Sequence, index)));
                if (legs.Seller.IsPresent)
                    _owed.Add((legs.Seller.Account, legs.SellerItem(e, Sequence, index)));
                house = house.Plus(legs.House);
                break;
            case OrderDone e:
                _owed.Add((e.Account, SettlementItem.Done(Sequence, index, e.OrderId, e.Status, e.Reason)));
                break;
            case OrderDecremented e:
                var account = OrderIds.AccountOf(e.OrderId);
                _owed.Add((account, SettlementItem.Reduced(Sequence, index, e.OrderId, market.QuantityOf(e.Lots))));
                break;
        }
    }

    private void Trade(Resting taker, Resting maker, long lots)
    {
        taker.Take(lots, maker.Ticks, market);
        maker.Lots -= lots;
        _pending.Add(new Traded(
            ++_lastTradeId, taker.Side, taker.OrderId, taker.Account, maker.OrderId, maker.Account, maker.Ticks, lots,
            Fees.Of(market, taker.Side, maker.Ticks, lots, market.TakerFeeBps),
            Fees.Of(market, maker.Side, maker.Ticks, lots, market.MakerFeeBps)));
    }

    private void End(Resting order, OrderStatus status, Reason reason)
    {
        _book.Remove(order);
        _pending.Add(new OrderDone(order.OrderId, order.Account, status, reason, 0, 0));
    }

    private Resting? BestAgainst(OrderPlaced order, Resting taker)
    {
        var crossing = _book.Where(maker => maker.Side != order.Side && taker.Crosses(maker));
        return order.Side == Side.Buy ? crossing.MinBy(maker => maker.Ticks) : crossing.MaxBy(maker => maker.Ticks);
    }

    private sealed class Resting
    {
        private readonly bool _isMarket;
        private decimal _budget;

        public Resting(OrderPlaced order, Market market)
        {
            (OrderId, Account, Side) = (order.OrderId, OrderIds.AccountOf(order.OrderId), order.Side);
            _isMarket = order.Type == OrderType.Market;
            _budget = order.QuoteAmount > 0 ? order.QuoteAmount : Side == Side.Buy ? order.Held : 1_000_000_000_000;
            Ticks = (long)(order.Price / market.TickSize);
            var quantity = order.Quantity > 0 ? order.Quantity : Side == Side.Sell ? order.Held : market.QuantityOf(market.MaxMarketLots);
            Lots = (long)(quantity / market.LotSize);
        }

        public long OrderId { get; }
        public long Account { get; }
        public Side Side { get; }
        public long Ticks { get; }
        public long Lots { get; set; }
        public bool IsSpent => Lots == 0 || _budget == 0;

        public bool Crosses(Resting maker) => _isMarket || (Side == Side.Buy ? maker.Ticks <= Ticks : maker.Ticks >= Ticks);

        public long AffordableLots(long ticks, Market market) =>
            _isMarket ? (long)Math.Min(decimal.Floor(_budget / market.NotionalOf(ticks, 1)), market.MaxLots) : Lots;

        public void Take(long lots, long ticks, Market market)
        {
            Lots -= lots;
            _budget -= market.NotionalOf(ticks, lots);
        }
    }
}
