using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Domain.MarketMaking;

/// <summary>How a market maker quotes. Distances are basis points of the reference price.</summary>
/// <param name="Levels">Quotes on each side.</param>
/// <param name="HalfSpreadBps">From the centre to where quotes begin.</param>
/// <param name="StepBps">From one quote to the next, rounded down to a round number of ticks.</param>
/// <param name="SkewBps">How far a full inventory pushes the centre away from what there is too much of.</param>
/// <param name="RequoteBps">The centre moves only when it would move at least this far.</param>
/// <param name="LevelLots">The size of the innermost quote.</param>
/// <param name="GrowthPercent">By how much of that each further quote is larger.</param>
/// <param name="PositionMaxLots">How far the inventory may get from its target, were one whole side to fill.</param>
/// <param name="ExposureMax">The most that all quotes together may be worth, in the quote asset.</param>
public sealed record QuoteTerms(
    int Levels,
    int HalfSpreadBps,
    int StepBps,
    int SkewBps,
    int RequoteBps,
    long LevelLots,
    int GrowthPercent,
    long PositionMaxLots,
    decimal ExposureMax)
{
    public const int LevelsMax = 50;

    private const int DistanceBpsMax = 1_000;
    private const int GrowthPercentMax = 1_000;

    /// <summary>What is wrong with the terms, as a sentence for an operator; null where nothing is.</summary>
    public string? FindProblem(Market market)
    {
        if (Levels is < 1 or > LevelsMax || 2 * Levels > market.MaxOpenOrders)
            return $"A side has 1 to {Math.Min(LevelsMax, market.MaxOpenOrders / 2)} quotes.";
        if (HalfSpreadBps is < 0 or > DistanceBpsMax || StepBps is < 1 or > DistanceBpsMax)
            return $"From the centre to the first quote there are 0 to {DistanceBpsMax} basis points, from one to the next 1 to {DistanceBpsMax}.";
        if (SkewBps is < 0 or > DistanceBpsMax || RequoteBps is < 0 or > DistanceBpsMax)
            return $"Skew and requoting have 0 to {DistanceBpsMax} basis points.";
        if (HalfSpreadBps + SkewBps + (Levels * StepBps) >= Fees.BasisPoints)
            return "The outermost bid would be below zero.";
        if (LevelLots < market.MinLots || GrowthPercent is < 0 or > GrowthPercentMax || LotsAt(Levels - 1) > market.MaxLots)
            return "A quote is smaller or larger than an order of this market may be.";
        if (PositionMaxLots is < 1 or > MarketRules.LotsMax)
            return "The inventory may get at least one lot away from its target.";
        return ExposureMax <= 0 ? "The quotes may be worth something." : null;
    }

    /// <summary>Saturated, so that terms can be checked before they are known to be sane.</summary>
    public long LotsAt(int level) =>
        (long)Int128.Min(LevelLots + ((Int128)LevelLots * GrowthPercent * level / 100), long.MaxValue);
}
