using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.MarketMaking;

/// <summary>What limits and funds leave for further quotes.</summary>
internal struct QuoteBudget(QuoteTerms terms, Market market, in Inventory has)
{
    private readonly Market _market = market;
    private long _buyLots = terms.PositionMaxLots - has.PositionLots;
    private long _sellLots = terms.PositionMaxLots + has.PositionLots;
    private decimal _exposure = terms.ExposureMax;
    private long _freeLots = has.FreeLots;
    private decimal _freeQuote = has.FreeQuote;

    /// <summary>What the quote can have of its size; zero where that is less than an order must have.</summary>
    public readonly long Affordable(in Quote quote)
    {
        var lots = Math.Min(quote.Lots, quote.Side == Side.Buy ? _buyLots : _sellLots);
        lots = Math.Min(lots, LotsFor(_exposure, quote.PriceTicks));
        lots = Math.Min(lots, quote.Side == Side.Buy ? LotsFor(_freeQuote, quote.PriceTicks) : _freeLots);
        return lots >= _market.MinLots && MarketFilters.CheckNotional(_market, quote.PriceTicks, lots) == Reason.None ? lots : 0;
    }

    public void Take(Side side, long ticks, long lots)
    {
        TakeLimits(side, ticks, lots);
        Fund(side, ticks, -lots);
    }

    /// <summary>For an order that has its funds put aside already.</summary>
    public void TakeLimits(Side side, long ticks, long lots)
    {
        if (side == Side.Buy)
            _buyLots -= lots;
        else
            _sellLots -= lots;
        _exposure -= _market.NotionalOf(ticks, lots);
    }

    public void Fund(Side side, long ticks, long lots)
    {
        if (side == Side.Buy)
            _freeQuote += _market.NotionalOf(ticks, lots);
        else
            _freeLots += lots;
    }

    private readonly long LotsFor(decimal amount, long ticks) =>
        amount <= 0 ? 0 : (long)decimal.Min(decimal.Truncate(amount / _market.NotionalOf(ticks, 1)), MarketRules.LotsMax);
}
