using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Traffic;

/// <summary>A venue whose price wanders around that of the users, with gaps and silences.</summary>
public sealed class VenueScript(Chance chance, TimeProvider clock)
{
    private long _middle = 1_000_000;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Speak(IEnumerable<ScriptedFeed> feeds)
    {
        var word = Draw();
        foreach (var feed in feeds)
            word(feed);
    }

    /// <summary>Live again, with depth for everyone.</summary>
    public void Recover(ScriptedFeed feed) => Book(_middle, 10_000_000)(feed);

    private Action<ScriptedFeed> Draw()
    {
        var symbol = SimMarkets.Venue.Symbol;
        var atMs = NowMs;
        switch (chance.Next(12))
        {
            case 0:
                return feed => feed.State(symbol, FeedState.Stale, "silence", atMs);
            case 1:
                return feed => feed.State(symbol, FeedState.Resynchronising, "gap", atMs);
            case 2 or 3:
                var (price, lots) = (_middle + (100 * chance.Next(-3, 4)), chance.Next(100, 20_000));
                var taker = price < _middle ? Side.Sell : Side.Buy;
                return feed => feed.Trade(symbol, price, lots, taker, atMs);
            case 4 or 5:
                var level = chance.Next(1, 30_000);
                return feed => feed.Level(symbol, Side.Buy, _middle - 100, level, atMs);
            default:
                _middle = Math.Clamp(_middle + (100 * chance.Next(-3, 4)), 998_000, 1_002_000);
                return Book(_middle, chance.Next(1_000, 30_000));
        }
    }

    private Action<ScriptedFeed> Book(long middle, long lots)
    {
        var atMs = NowMs;
        (long, long)[] bids = [(middle - 100, lots), (middle - 200, lots * 2), (middle - 500, lots * 4)];
        (long, long)[] asks = [(middle + 100, lots), (middle + 200, lots * 2), (middle + 500, lots * 4)];
        return feed => feed.Open(SimMarkets.Venue.Symbol, bids, asks, atMs);
    }
}
