using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Feeds;

/// <summary>Makes a market of this exchange from a venue's definition of it.</summary>
public static class VenueDefinitions
{
    private const int Precision = 8;

    /// <summary>For venues that give no highest price.</summary>
    private const decimal UsualMaxPrice = 1_000_000;

    /// <summary>The highest price times the largest order stays below this, so that no calculation overflows.</summary>
    private const decimal NotionalMax = 1e16m;

    /// <summary>
    /// With the venue's ticks and bounds; its lots become coarser where a tick times a lot would be finer than an asset's
    /// precision. Null where even that does not make a valid market, such as for an asset name we do not allow.
    /// </summary>
    public static Market? ToMarket(this VenueMarket defined, string venue, int number)
    {
        var lotSize = defined.LotSize;
        while (!lotSize.IsWholeAt(Precision) || !(defined.TickSize * lotSize).IsWholeAt(Precision))
            lotSize *= 10;
        var maxLots = Lots(defined.MaxQuantity, lotSize);
        var maxPrice = defined.MaxPrice > 0 ? defined.MaxPrice : UsualMaxPrice;
        if (maxLots > 0)
            maxPrice = Math.Min(maxPrice, NotionalMax / (maxLots * lotSize));
        var market = new Market
        {
            Number = number,
            Symbol = $"{defined.Base}_{defined.Quote}",
            Base = defined.Base,
            Quote = defined.Quote,
            BasePrecision = Precision,
            QuotePrecision = Precision,
            TickSize = defined.TickSize,
            LotSize = lotSize,
            MaxPriceTicks = (long)Math.Min(MarketRules.PriceTicksMax, maxPrice / defined.TickSize),
            MinLots = Math.Max(1, (long)Math.Ceiling(defined.MinQuantity / lotSize)),
            MaxLots = maxLots,
            MaxMarketLots = Math.Min(maxLots, Lots(defined.MaxMarketQuantity, lotSize)),
            MinNotional = defined.MinNotional,
            MakerFeeBps = 10,
            TakerFeeBps = 10,
            MaxLeverage = MarketRules.LeverageMax,
            MaxOpenOrders = 200,
            PriceBandBps = 5_000,
            Status = defined.IsTrading ? MarketStatus.Trading : MarketStatus.Halted,
            Venue = venue,
            VenueSymbol = defined.Symbol,
        };
        return MarketRules.FindProblem(market) is null ? market : null;
    }

    private static long Lots(decimal quantity, decimal lotSize) => (long)Math.Min(MarketRules.LotsMax, quantity / lotSize);
}
