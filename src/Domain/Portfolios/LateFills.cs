using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// The part of a settlement run that takes up what belongs to orders which have ended meanwhile. Their holds have gone back, so
/// a fill is paid out of what is available, or refused while that is too little.
/// </summary>
internal sealed class LateFills(Balances balances, Func<long, bool> wasPlaced)
{
    private readonly Dictionary<string, decimal> _paid = [];

    public bool Knows(in SettlementItem item) => wasPlaced(item.OrderId);

    public Reason Decide(Market market, in SettlementItem item, List<DomainEvent> events) => item.Kind switch
    {
        SettlementKind.Fill => DecideFill(market, item, events),
        // The end of the order gave everything back that these would have.
        SettlementKind.Reduced or SettlementKind.Triggered or SettlementKind.Done => Reason.None,
        _ => Reason.InvalidRequest,
    };

    private Reason DecideFill(Market market, in SettlementItem item, List<DomainEvent> events)
    {
        var buys = item.Side == Side.Buy;
        if (!SettlementRun.HasSoundAmounts(market, item))
            return Reason.InvalidAmount;

        var asset = buys ? market.Quote : market.Base;
        var paid = _paid.GetValueOrDefault(asset) + (buys ? item.QuoteAmount : item.BaseAmount);
        if (paid > balances.AvailableOf(asset))
            return Reason.InsufficientBalance;
        _paid[asset] = paid;
        events.Add(new LateFillSettled(
            market.Symbol, item.Sequence, item.Index, item.TradeId, item.OrderId,
            market.Base, buys ? item.BaseAmount - item.Fee : -item.BaseAmount,
            market.Quote, buys ? -item.QuoteAmount : item.QuoteAmount - item.Fee,
            buys ? market.Base : market.Quote, item.Fee));
        return Reason.None;
    }
}
