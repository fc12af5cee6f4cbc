using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.MarketMaking;

/// <summary>The price to quote around, and when it was last known to be right.</summary>
internal sealed class MakerReference(IGrainFactory grains, TimeProvider time)
{
    private ReferenceSettings? _settings;

    public long Ticks { get; private set; }
    public long AtMs { get; private set; }

    /// <summary>Looks again; false where the price is older than it may be.</summary>
    public async Task<bool> IsFresh(ReferenceSettings settings, Market market, TimeSpan ageMax)
    {
        if (_settings != settings)
            (_settings, Ticks, AtMs) = (settings, 0, 0);
        var ticks = await Look(settings, market);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (ticks > 0)
            (Ticks, AtMs) = (ticks, now);
        return Ticks > 0 && now - AtMs <= ageMax.TotalMilliseconds;
    }

    private async Task<long> Look(ReferenceSettings settings, Market market)
    {
        if (settings.Kind == ReferenceKind.Market)
            return Clamped(await MiddleOf(settings.Symbol) * settings.Factor / market.TickSize, market);
        market.TryTicks(settings.Price, out var ticks);
        return settings.Kind == ReferenceKind.Fixed
            ? ticks
            : ReferenceWalk.At(ticks, settings.RangeBps, market.Symbol, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Zero while it cannot be told. A symbol that does not answer is no reason to stop looking after one's own quotes.</summary>
    private async Task<decimal> MiddleOf(string symbolName)
    {
        var symbol = grains.GetGrain<ISymbolGrain>(symbolName);
        try
        {
            var status = await symbol.GetStatus();
            if (status.Market != MarketStatus.Trading || status.Feed.State is not (FeedHealth.Live or FeedHealth.None))
                return 0;
            var ticker = await symbol.GetTicker();
            return ticker.BidPrice > 0 && ticker.AskPrice > 0 ? (ticker.BidPrice + ticker.AskPrice) / 2 : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    private static long Clamped(decimal ticks, Market market) => (long)decimal.Clamp(decimal.Round(ticks), 0, market.MaxPriceTicks);
}
