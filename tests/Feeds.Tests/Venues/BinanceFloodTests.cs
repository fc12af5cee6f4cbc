using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

public sealed class BinanceFloodTests
{
    /// <summary>
    /// As fast as the venue can send, in bursts of 10,000 updates with a quiet point after each. How fast that is depends on
    /// the machine; the bench measures it.
    /// </summary>
    [Fact]
    public async Task After_a_flood_over_twenty_markets_every_book_is_right_and_memory_is_what_it_was()
    {
        const int updates = 300_000;
        const int perRound = 10_000;
        await using var binance = await BinanceFixture.StartAsync(rules => rules with
        {
            StaleAfter = TimeSpan.FromDays(1),
            SilenceMax = TimeSpan.FromDays(1),
        });
        string[] symbols = [.. Enumerable.Range(10, 20).Select(number => $"F{number}USDT")];
        var mirrors = new List<(string Symbol, MirrorListener Mirror)>();
        foreach (string symbol in symbols)
            mirrors.Add((symbol, await OpenAsync(binance, symbol)));

        long before = 0;
        for (int sent = 0; sent < updates; sent += perRound)
        {
            for (int i = 0; i < perRound; i++)
                binance.Venue.Step(symbols[i % symbols.Length], changes: 2);
            foreach (var (symbol, mirror) in mirrors)
                await binance.EqualAsync(symbol, mirror);
            if (sent == updates / 3)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }
        long after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.True(after - before < 8_000_000, $"{before} bytes became {after}");
        Assert.Equal((0, 20), (binance.Feed.Counters.Of(FeedEvent.Gap), binance.Feed.Counters.Of(FeedEvent.SnapshotApplied)));
        Assert.True(binance.Feed.Counters.Of(FeedEvent.MessageReceived) >= updates);
        Assert.All(mirrors, entry => Assert.Equal((0L, DepthRefusal.None), (entry.Mirror.Displaced, entry.Mirror.Refusal)));
    }

    private static async Task<MirrorListener> OpenAsync(BinanceFixture binance, string symbol)
    {
        binance.Venue.Add(symbol, 100, seed: symbol[1] * 10 + symbol[2]);
        var mirror = new MirrorListener();
        binance.Feed.Subscribe(BinanceFixture.MarketOf(symbol), mirror);
        await binance.EqualInTimeAsync(symbol, mirror);
        return mirror;
    }
}
