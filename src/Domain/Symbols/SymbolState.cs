using Exchange.Domain.Book;
using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>
/// Everything a symbol knows: the book, the orders that are alive or just finished, what it owes to portfolios, and
/// its market history. It is the fold of the symbol's journal, plus the venue's book and trades, which are not journaled.
/// </summary>
public sealed class SymbolState(Market market, RestingFill restingFill = RestingFill.Queue)
{
    private readonly HashSet<long> _touched = [];
    private decimal _houseBase;
    private decimal _houseQuote;

    public Market Market { get; } = market;

    public PositionBook Positions { get; } = new(market);
    public LadderOrderBook Book { get; } = new();
    public KnownOrders Orders { get; } = new();
    public Outbox Outbox { get; } = new();
    public MarketHistory History { get; } = new();

    /// <summary>The mirror of the venue's book. Of it, only what users took survives a restart.</summary>
    public VenueDepth Venue { get; } = new();

    /// <summary>Where resting orders would stand at the venue.</summary>
    public QueueAhead Queue { get; } = new(market.HasVenue ? restingFill : RestingFill.Touch);

    /// <summary>Rebuilds the state from one journal record.</summary>
    public void Replay(long sequence, EventBatch batch)
    {
        for (var index = 0; index < batch.Events.Count; index++)
        {
            ApplyToBooks(batch.Events[index]);
            Absorb(batch.Events[index], sequence, index, batch.AtMs);
        }

        EndRecord(sequence, batch.Events.Count);
    }

    /// <summary>The accounts that got something to settle since the last call.</summary>
    public long[] TakeTouched()
    {
        if (_touched.Count == 0)
            return [];
        long[] touched = [.. _touched];
        _touched.Clear();
        return touched;
    }

    /// <summary>What an event means for everything but the books, which matching and the venue have changed already.</summary>
    internal void Absorb(DomainEvent happened, long sequence, int index, long atMs)
    {
        switch (happened)
        {
            case OrderAccepted accepted:
                Orders.Accept(accepted);
                break;
            case Traded traded:
                AbsorbTrade(traded, sequence, index, atMs);
                break;
            case OrderDone done:
                Queue.Leave(done.OrderId);
                Orders.Finish(done.Account, done.OrderId, new(done.Status, done.Reason, sequence, done.FilledLots, done.FilledQuote), atMs);
                Owe(done.Account, SettlementItem.Done(sequence, index, done.OrderId, done.Status, done.Reason));
                break;
            case OrderTombstoned tombstoned:
                Orders.Finish(
                    tombstoned.Account,
                    tombstoned.OrderId,
                    new(OrderStatus.Rejected, Reason.NeverReachedMarket, sequence, 0, 0),
                    atMs);
                break;
            case OrderDecremented decremented:
                AbsorbDecrement(decremented, sequence, index);
                break;
            case CandleClosed candle:
                History.Close(candle);
                break;
            case OrderQueued queued:
                AbsorbQueued(queued);
                break;
            default:
                AbsorbPosition(happened, sequence, index, atMs);
                break;
        }
    }

    /// <summary>The house's part of a whole record is one entry: it takes part in every fill, so its changes are netted.</summary>
    internal void EndRecord(long sequence, int nextIndex)
    {
        if (_houseBase == 0 && _houseQuote == 0)
            return;
        Owe(Market.HouseAccount, SettlementItem.House(sequence, nextIndex, _houseBase, _houseQuote));
        _houseBase = _houseQuote = 0;
    }

    private void AbsorbTrade(Traded traded, long sequence, int index, long atMs)
    {
        var quote = Market.NotionalOf(traded.PriceTicks, traded.Lots);
        var legs = SettlementLegs.Of(traded, Market);
        if (legs.Buyer.OrderId != 0)
            Owe(legs.Buyer.Account, legs.BuyerItem(traded, sequence, index));
        if (legs.Seller.OrderId != 0)
            Owe(legs.Seller.Account, legs.SellerItem(traded, sequence, index));
        _houseBase += legs.House.BaseChange;
        _houseQuote += legs.House.QuoteChange;
        Fill(traded.TakerOrderId, traded.Lots, quote);
        Fill(traded.MakerOrderId, traded.Lots, quote);
        Queue.Reduce(traded.MakerOrderId, traded.Lots);
        History.Add(new PublicTrade(traded.TradeId, atMs, traded.PriceTicks, traded.Lots, traded.TakerSide), quote);
    }

    private void AbsorbDecrement(OrderDecremented decremented, long sequence, int index)
    {
        Queue.Reduce(decremented.OrderId, decremented.Lots);
        if (Orders.TryLive(decremented.OrderId, out var live))
        {
            var quantity = Market.QuantityOf(decremented.Lots);
            Owe(live.Order.Account, SettlementItem.Reduced(sequence, index, decremented.OrderId, quantity));
        }
    }

    private void AbsorbQueued(OrderQueued queued)
    {
        long? ahead = queued.LotsAhead == OrderQueued.NotKnownYet ? null : queued.LotsAhead;
        if (ahead is not null && Queue.Contains(queued.OrderId))
            Queue.Place(queued.OrderId, ahead.Value);
        else if (Book.TryGet(queued.OrderId, out var resting))
            Queue.Join(resting.Id, resting.Side, resting.Price, resting.Lots, ahead);
    }

    private void AbsorbPosition(DomainEvent happened, long sequence, int index, long atMs)
    {
        if (!PositionBook.IsMine(happened))
            return;
        Positions.Apply(happened, atMs);
        if (happened is PositionOpened opened)
            Orders.Finish(opened.Account, opened.PositionId, new(OrderStatus.Filled, Reason.None, sequence, opened.Lots, opened.EntryNotional), atMs);
        if (happened is MarginAdded added)
            Orders.Finish(added.Account, added.RequestId, new(OrderStatus.Filled, Reason.None, sequence, 0, 0), atMs);
        if (happened is ConditionalFired fired)
            Owe(fired.Account, SettlementItem.Triggered(sequence, index, fired.OrderId));
        if (PositionMove.Of(happened) is not { } move)
            return;
        Owe(PositionMove.AccountOf(happened), SettlementItem.Position(sequence, index, move));
        _houseQuote += move.HouseChange;
    }

    private void Fill(long orderId, long lots, decimal quote)
    {
        if (Orders.TryLive(orderId, out var live))
            live.Fill(lots, quote);
    }

    private void Owe(long account, in SettlementItem item)
    {
        Outbox.Add(account, item);
        _touched.Add(account);
    }

    private void ApplyToBooks(DomainEvent happened)
    {
        switch (happened)
        {
            case OrderRested rested when Orders.TryLive(rested.OrderId, out var live):
                Book.Add(Resting(live.Order, rested.Lots));
                break;
            case Traded { MakerOrderId: not 0 } traded:
                Book.Fill(traded.MakerOrderId, traded.Lots);
                break;
            case OrderDecremented decremented:
                Book.Reduce(decremented.OrderId, decremented.Lots);
                break;
            case OrderDone done:
                Book.Remove(done.OrderId);
                break;
            case QueueMoved moved:
                Queue.Follow(new QueueMove(moved.Side, moved.PriceTicks, moved.TradedLots, moved.LastAheadLots));
                break;
            case VenueLevelTaken taken:
                Venue.Remember(new TakenLevel(taken.Side, taken.PriceTicks, taken.ShownLots, taken.TakenLots));
                break;
        }
    }

    private static RestingOrder Resting(OrderAccepted order, long lots) =>
        new(order.OrderId, order.Account, order.Side, order.PriceTicks, lots, order.DisplayLots);
}
