using System.Collections.Concurrent;
using Exchange.Api.Operators;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Markets;

/// <summary>
/// The tickers of all markets, without waking those that nobody uses: each of these would subscribe to its venue. They
/// are told as they were last seen from here, else without prices.
/// </summary>
internal sealed class TickerBoard(IGrainFactory grains, IMarketCatalog catalog, TimeProvider clock)
{
    private const string Asleep = "asleep";
    private const string Reason = "nobody has asked for this market lately";

    private readonly ConcurrentDictionary<string, (Ticker Ticker, long AtMs)> _seen = new();

    public async Task<Ticker> ReadAsync(string symbol)
    {
        var view = await grains.GetGrain<ISymbolGrain>(symbol).GetTicker();
        var ticker = view.ToTicker();
        _seen[symbol] = (ticker, NowMs);
        return ticker;
    }

    public async Task<Ticker[]> ReadAllAsync()
    {
        var awake = (await ActiveGrains.SymbolsAsync(grains)).ToHashSet();
        return await Task.WhenAll(catalog.Markets.Select(
            market => awake.Contains(market.Symbol) ? ReadAsync(market.Symbol) : Task.FromResult(LastSeen(market))));
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Ticker LastSeen(Market market)
    {
        if (!_seen.TryGetValue(market.Symbol, out var seen))
            return new Ticker(market.Symbol, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, new FeedInfo(Asleep, null, Reason));
        return seen.Ticker with { Feed = new FeedInfo(Asleep, seen.Ticker.Feed.AgeMs + NowMs - seen.AtMs, Reason) };
    }
}
