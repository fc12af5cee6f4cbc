using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.MarketMaking;

namespace Exchange.Grains.MarketMaking;

/// <summary>What a maker remembers over a restart; its money and its orders are its portfolio's.</summary>
[GenerateSerializer, Alias("Exchange.MakerRecord")]
public sealed class MakerRecord
{
    /// <summary>Null until an operator has decided.</summary>
    [Id(0)]
    public MakerSettings? Settings { get; set; }

    /// <summary>What was deposited at the first start, and so the inventory that it wants to have; zero before that.</summary>
    [Id(1)]
    public decimal BaseFunds { get; set; }

    [Id(2)]
    public decimal QuoteFunds { get; set; }

    /// <summary>It may have orders in the book, which somebody has to take back should it be switched off.</summary>
    [Id(3)]
    public bool HasQuotes { get; set; }
}

internal static class MakerSettingsRules
{
    public static QuoteTerms ToTerms(this MakerSettings settings, Market market) => new(
        settings.Levels,
        settings.HalfSpreadBps,
        settings.StepBps,
        settings.SkewBps,
        settings.RequoteBps,
        LotsOf(market, settings.LevelQuantity),
        settings.GrowthPercent,
        LotsOf(market, settings.PositionMax),
        settings.ExposureMax);

    /// <summary>What is wrong with the settings, as a sentence for an operator; null where nothing is.</summary>
    public static string? FindProblem(this MakerSettings settings, Market market, bool knowsReference)
    {
        var reference = settings.Reference;
        if (market.HasVenue)
            return "A venue makes this market; a maker is for markets where users are alone.";
        if (reference.Kind == ReferenceKind.Market)
        {
            if (!knowsReference || reference.Symbol == market.Symbol || reference.Factor is <= 0 or > 1_000_000)
                return "The reference is the middle of another market that is listed, times a factor from above 0 to 1000000.";
        }
        else if (!market.TryTicks(reference.Price, out _) || reference.RangeBps is < 0 or > 5_000)
            return "The reference price is a price of this market, and wanders 0 to 5000 basis points from it.";
        return settings.ToTerms(market).FindProblem(market);
    }

    /// <summary>Rounded down; zero where it is no quantity at all.</summary>
    private static long LotsOf(Market market, decimal quantity) =>
        quantity <= 0 || quantity > market.QuantityOf(MarketRules.LotsMax) ? 0 : (long)(quantity / market.LotSize);
}
