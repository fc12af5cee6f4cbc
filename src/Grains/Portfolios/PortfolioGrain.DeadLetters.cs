using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Symbols;

namespace Exchange.Grains.Portfolios;

/// <summary>Settlements that are refused: set aside here, and taken up again or dropped by an operator.</summary>
public sealed partial class PortfolioGrain
{
    public async Task<Reason> RetrySettlement(SettlementBatch record)
    {
        ThrowIfBroken();
        var items = SettlementMapping.ToItems(record.Entries);
        var decision = _portfolio.TakeUp(MarketOf(record), items[0].Sequence, items);
        await Apply(decision.Events, record.Symbol);
        return decision.Reason;
    }

    public async Task<Reason> DropSettlement(SettlementBatch record)
    {
        ThrowIfBroken();
        var items = SettlementMapping.ToItems(record.Entries);
        var decision = _portfolio.Drop(MarketOf(record), items[0].Sequence, items);
        await Apply(decision.Events, record.Symbol);
        return decision.Reason;
    }

    /// <summary>
    /// What stands before the refused record is sound and goes ahead. That the record is passed must be durable before it is
    /// refused: an activation that has been superseded may not know the order, and this append tells it so.
    /// </summary>
    private async Task<SettleReply> SetAside(Market market, SettlementItem[] items, long record, Reason reason)
    {
        var upTo = LastBefore(record, items);
        SettlementItem[] sound = [.. items.TakeWhile(item => item.Sequence < record)];
        var events = sound.Length > 0 ? _portfolio.Settle(market, upTo, sound).Events : [];
        await Apply([.. events, Portfolio.SetAside(market.Symbol, record, reason)], market.Symbol);
        return new SettleReply(reason, upTo);
    }

    private (long Record, Reason Reason)? FirstSetAside(string symbol, SettlementItem[] items)
    {
        foreach (var item in items)
        {
            if (_portfolio.IsSetAside(symbol, item.Sequence, out var reason))
                return (item.Sequence, reason);
        }

        return null;
    }

    private static long LastBefore(long record, SettlementItem[] items)
    {
        var last = 0L;
        foreach (var item in items)
        {
            if (item.Sequence >= record)
                break;
            last = item.Sequence;
        }

        return last;
    }
}
