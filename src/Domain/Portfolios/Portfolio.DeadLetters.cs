using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>What could not be settled: put aside, and later taken up or dropped for good.</summary>
public sealed partial class Portfolio
{
    /// <summary>Puts a refused record aside, so that what follows it can go on.</summary>
    public static DomainEvent SetAside(string symbol, long sequence, Reason reason) => new SettlementSetAside(symbol, sequence, reason);

    public bool IsSetAside(string symbol, long sequence, out Reason reason) => _setAside.TryGet(symbol, sequence, out reason);

    /// <summary>Tries a record again that was set aside. One that was applied meanwhile, or always, is nothing more to do.</summary>
    public SettleDecision TakeUp(Market market, long sequence, ReadOnlySpan<SettlementItem> items)
    {
        if (!_setAside.TryGet(market.Symbol, sequence, out _))
            return sequence <= MarkOf(market.Symbol) ? SettleDecision.Journal([]) : SettleDecision.Refused(Reason.InvalidRequest, 0);
        if (items.IsEmpty || items[0].Sequence != sequence)
            return SettleDecision.Refused(Reason.InvalidRequest, 0);
        var decision = _settlement.Decide(market, sequence - 1, sequence, items, new LateFills(_balances, WasPlaced));
        return decision.Reason != Reason.None
            ? decision
            : SettleDecision.Journal([.. decision.Events, new SettlementTakenUp(market.Symbol, sequence)]);
    }

    /// <summary>
    /// Ends what the record would have ended and leaves the rest of it to the house. The house itself has nobody to leave it to.
    /// One that is not set aside any more is nothing more to do.
    /// </summary>
    public SettleDecision Drop(Market market, long sequence, ReadOnlySpan<SettlementItem> items)
    {
        if (!_setAside.TryGet(market.Symbol, sequence, out var reason))
            return sequence <= MarkOf(market.Symbol) ? SettleDecision.Journal([]) : SettleDecision.Refused(Reason.InvalidRequest, 0);
        if (items.IsEmpty || items[0].Sequence != sequence)
            return SettleDecision.Refused(Reason.InvalidRequest, 0);
        if (IsHouse)
            return SettleDecision.Refused(Reason.UnsupportedCombination, 0);

        var events = new List<DomainEvent>();
        var ends = new List<SettlementItem>();
        var (baseChange, quoteChange) = (0m, 0m);
        foreach (ref readonly var item in items)
        {
            var (itemBase, itemQuote) = ChangeOf(item);
            baseChange += itemBase;
            quoteChange += itemQuote;
            if (item.Kind == SettlementKind.Done && (_orders.Find(item.OrderId) is not null || Positions.FindHold(item.OrderId) is not null))
                ends.Add(item);
            if (item.Move is { } move && Positions.FindHold(move.RequestId) is { } request)
                events.Add(new OrderEnded(request.Symbol, 0, request.Id, OrderStatus.Rejected, reason, request.Held));
        }

        var ended = ends.Count == 0 ? SettleDecision.Journal([]) : _settlement.Decide(market, sequence - 1, sequence, [.. ends]);
        if (ended.Reason != Reason.None)
            return ended;
        events.AddRange(ended.Events);
        events.Add(new SettlementDropped(market.Symbol, sequence, market.Base, baseChange, market.Quote, quoteChange));
        return SettleDecision.Journal(events);
    }

    private static (decimal Base, decimal Quote) ChangeOf(in SettlementItem item) => item.Kind switch
    {
        SettlementKind.Fill when item.Side == Side.Buy => (item.BaseAmount - item.Fee, -item.QuoteAmount),
        SettlementKind.Fill => (-item.BaseAmount, item.QuoteAmount - item.Fee),
        SettlementKind.Position when item.Move is { } move => (0, -move.HouseChange),
        _ => (0, 0),
    };

    private bool WasPlaced(long orderId) => OrderIds.AccountOf(orderId) == Account && OrderIds.CounterOf(orderId) <= _lastOrderCounter;

    private void ApplyLate(LateFillSettled e)
    {
        RaiseMark(e.Symbol, e.Sequence);
        _balances.Change(e.BaseAsset, e.BaseChange);
        _balances.Change(e.QuoteAsset, e.QuoteChange);
    }
}
