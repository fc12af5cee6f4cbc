using System.Collections.Concurrent;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Values;

/// <summary>This silo's last look at each market's price, so that valuing many accounts asks each market once in a while.</summary>
public sealed class PriceBoard(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long SeenAt, decimal Price)> _seen = new();

    /// <summary>The middle of the book, else the last trade; zero where there is neither.</summary>
    public async Task<decimal> PriceOf(Market market)
    {
        if (_seen.TryGetValue(market.Symbol, out var seen) && time.GetElapsedTime(seen.SeenAt) < AgeMax)
            return seen.Price;
        var ticker = await grains.GetGrain<ISymbolGrain>(market.Symbol).GetTicker();
        var price = ticker is { BidPrice: > 0, AskPrice: > 0 } ? (ticker.BidPrice + ticker.AskPrice) / 2 : ticker.LastPrice;
        _seen[market.Symbol] = (time.GetTimestamp(), price);
        return price;
    }
}
