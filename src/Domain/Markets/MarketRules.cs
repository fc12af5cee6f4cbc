using System.Numerics;
using Exchange.Domain.Money;

namespace Exchange.Domain.Markets;

/// <summary>
/// What a market's definition must keep so that every later calculation is exact and none can overflow:
/// a notional in quote units stays below 10^24, so that times 10,000 basis points it still has 28 digits.
/// </summary>
public static class MarketRules
{
    public const int PrecisionMax = 12;
    public const long PriceTicksMax = 1_000_000_000_000_000;
    public const long LotsMax = 1_000_000_000_000_000;
    public const int LeverageMax = 100;
    public const int OpenOrdersMax = 10_000;

    private const int FeeBpsMax = 1_000;
    private const int PriceBandBpsMax = 100_000;
    private const decimal MultiplierMax = 1_000_000;
    private const decimal StepMax = 1_000_000;

    private static readonly BigInteger NotionalUnitsMax = BigInteger.Pow(10, 24);

    /// <summary>What is wrong with a definition, as a sentence for an operator; null where nothing is.</summary>
    public static string? FindProblem(Market market) =>
        FindProblemOfNames(market) ?? FindProblemOfSteps(market) ?? FindProblemOfBounds(market) ?? FindProblemOfTerms(market);

    private static string? FindProblemOfNames(Market market)
    {
        if (market.Number < 1)
            return "Markets are numbered from 1.";
        if (!AssetCode.IsValid(market.Base) || !AssetCode.IsValid(market.Quote))
            return "An asset code has 1 to 16 letters A-Z and digits.";
        if (market.Base == market.Quote)
            return "Base and quote are the same asset.";
        if (market.Symbol != new SymbolName(market.Base, market.Quote).ToString())
            return "The symbol is not base and quote joined by an underscore.";
        return market.HasVenue != (market.VenueSymbol.Length > 0) ? "A venue and its symbol go together." : null;
    }

    private static string? FindProblemOfSteps(Market market)
    {
        if (market.BasePrecision is < 0 or > PrecisionMax || market.QuotePrecision is < 0 or > PrecisionMax)
            return $"Precision goes from 0 to {PrecisionMax}.";
        if (market.TickSize is <= 0 or > StepMax || market.LotSize is <= 0 or > StepMax)
            return "Tick and lot size are above zero and at most a million.";
        if (!market.LotSize.IsWholeAt(market.BasePrecision))
            return "One lot is not a whole number of base units.";
        if (!market.TickSize.IsWholeAt(PrecisionMax) || !(market.TickSize * market.LotSize).IsWholeAt(market.QuotePrecision))
            return "One tick times one lot is not a whole number of quote units.";
        return null;
    }

    private static string? FindProblemOfBounds(Market market)
    {
        if (market.MaxPriceTicks is < 1 or > PriceTicksMax)
            return $"The highest price has 1 to {PriceTicksMax} ticks.";
        if (market.MinLots < 1 || market.MinLots > market.MaxMarketLots)
            return "The smallest order has at least one lot and at most those of the largest market order.";
        if (market.MaxMarketLots > market.MaxLots || market.MaxLots > LotsMax)
            return $"A market order is at most the largest order, and that has at most {LotsMax} lots.";

        var notionalMax = new BigInteger(market.MaxPriceTicks) * market.MaxLots * UnitsPerTickAndLot(market);
        if (notionalMax > NotionalUnitsMax)
            return "The highest price times the largest order is more than 10^24 quote units.";
        if (market.MinNotional < 0 || !market.MinNotional.IsWholeAt(market.QuotePrecision))
            return "The smallest notional is negative or not a whole number of quote units.";
        return new BigInteger(market.MinNotional) > notionalMax / BigInteger.Pow(10, market.QuotePrecision)
            ? "No order can reach the smallest notional."
            : null;
    }

    private static string? FindProblemOfTerms(Market market)
    {
        if (market.MakerFeeBps is < 0 or > FeeBpsMax || market.TakerFeeBps is < 0 or > FeeBpsMax)
            return $"Fees go from 0 to {FeeBpsMax} basis points.";
        var smallest = market.QuantityOf(market.MinLots);
        if (Fees.Of(smallest, Math.Max(market.MakerFeeBps, market.TakerFeeBps), market.BasePrecision) == smallest)
            return "The fee on the smallest order would be all of it: the base asset needs more precision.";
        if (market.MaxLeverage is < 1 or > LeverageMax)
            return $"Leverage goes from 1 to {LeverageMax}.";
        if (market.MaxOpenOrders is < 1 or > OpenOrdersMax)
            return $"An account may have 1 to {OpenOrdersMax} open orders.";
        if (market.PriceBandBps is < 1 or > PriceBandBpsMax)
            return $"The price band goes from 1 to {PriceBandBpsMax} basis points.";
        var multipliers = market.PriceMultipliers;
        return Encloses(multipliers.BidDown, multipliers.BidUp) && Encloses(multipliers.AskDown, multipliers.AskUp)
            ? null
            : $"A price multiplier goes up from 1 to {MultiplierMax} and down from 1 to above 0.";
    }

    private static bool Encloses(decimal down, decimal up) => down is > 0 and <= 1 && up is >= 1 and <= MultiplierMax;

    private static BigInteger UnitsPerTickAndLot(Market market)
    {
        var units = market.TickSize * market.LotSize;
        for (var i = 0; i < market.QuotePrecision; i++)
            units *= 10;
        return new BigInteger(units);
    }
}
