using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Symbols;

namespace Exchange.Grains.Portfolios;

/// <summary>Settlements that were refused and set aside, taken up again by an operator.</summary>
public sealed partial class PortfolioGrain
{
    public async Task<Reason> RetrySettlement(SettlementBatch record)
    {
        ThrowIfBroken();
        var items = SettlementMapping.ToItems(record);
        var decision = _portfolio.TakeUp(MarketOf(record), items[0].Sequence, items);
        await Apply(decision.Events, record.Symbol);
        return decision.Reason;
    }
}
