using Exchange.Domain.Venue;
using Exchange.VenueSimulator;

namespace Exchange.Feeds.Tests.Venues;

public sealed class BinanceFloodTests
{
    /// <summary>
    /// As fast as the venue can send, in bursts of 10,000 updates with a quiet point after each. How fast that is depends on
    /// the machine; the bench measures it.
    /// </summary>
    [Fact]
    public async Task In_a_flood_over_twenty_markets_every_book_is_right_no_price_is_lost_and_memory_stays_what_it_was()
    {
        const int updates = 300_000;
        const int perRound = 10_000;
        const int stepsPerQuote = 10;
        await using var binance = await BinanceFixture.StartAsync(rules => rules with
        {
            StaleAfter = TimeSpan.FromDays(1),
            SilenceMax = TimeSpan.FromDays(1),
        });
        string[] symbols = [.. Enumerable.Range(10, 20).Select(number => $"F{number}USDT")];
        var markets = new List<FloodedMarket>();
        foreach (string symbol in symbols)
            markets.Add(await OpenAsync(binance, symbol));

        long before = 0;
        for (int sent = 0; sent < updates; sent += perRound)
        {
            for (int i = 0; i < perRound; i++)
            {
                var market = markets[i % markets.Count];
                binance.Venue.Step(market.Symbol, changes: 2);
                if (i / markets.Count % stepsPerQuote == 0)
                    Quote(binance, market);
            }
            foreach (var market in markets)
            {
                await binance.EqualAsync(market.Symbol, market.Mirror);
                await Eventually.Holds(() => market.HasHeardAll, () => $"{market.Symbol} lost a quote");
                market.IsRightAtAQuietPoint();
            }
            if (sent == updates / 3)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }
        long after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.True(after - before < 8_000_000, $"{before} bytes became {after}");
        Assert.Equal((0, 20), (binance.Feed.Counters.Of(FeedEvent.Gap), binance.Feed.Counters.Of(FeedEvent.SnapshotApplied)));
        Assert.True(binance.Feed.Counters.Of(FeedEvent.MessageReceived) >= updates);
        Assert.All(markets, market => Assert.Equal((0L, DepthRefusal.None), (market.Mirror.Displaced, market.Mirror.Refusal)));
    }

    private static void Quote(BinanceFixture binance, FloodedMarket market)
    {
        long bid = market.NextBid();
        binance.Venue.Best(
            market.Symbol, binance.Venue.Book(market.Symbol).LastId, VenueBook.Text(bid * 0.01m), VenueBook.Text((bid + 1) * 0.01m));
    }

    private static async Task<FloodedMarket> OpenAsync(BinanceFixture binance, string symbol)
    {
        binance.Venue.Add(symbol, 100, seed: symbol[1] * 10 + symbol[2]);
        var market = new FloodedMarket(symbol);
        binance.Feed.Subscribe(BinanceFixture.MarketOf(symbol), market);
        await binance.EqualInTimeAsync(symbol, market.Mirror);
        market.Begin();
        return market;
    }
}
