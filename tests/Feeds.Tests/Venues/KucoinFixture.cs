using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Kucoin;
using Exchange.Feeds.Venues;
using Exchange.VenueSimulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>A simulated KuCoin and a feed that is connected to it, spot or futures.</summary>
internal sealed class KucoinFixture : IAsyncDisposable
{
    public const string BtcSpot = "BTC-USDT";
    public const string BtcFutures = "XBTUSDTM";

    private readonly HttpClient _http = new();

    private KucoinFixture(SteppedClock clock, KucoinSimulator venue, bool isFutures, Func<ConnectionRules, ConnectionRules> adjust)
    {
        (Clock, Venue) = (clock, venue);
        var options = new KucoinOptions { RestBase = venue.Http };
        Feed = isFutures
            ? KucoinFeed.CreateFutures(options, _http, null, clock, new Random(7), NullLogger.Instance, adjust)
            : KucoinFeed.CreateSpot(options, _http, null, clock, new Random(7), NullLogger.Instance, adjust);
    }

    public SteppedClock Clock { get; }
    public KucoinSimulator Venue { get; }
    public VenueFeed Feed { get; }

    public static async Task<KucoinFixture> StartAsync(bool isFutures, Func<ConnectionRules, ConnectionRules>? adjust = null)
    {
        var clock = new SteppedClock();
        return new KucoinFixture(clock, await KucoinSimulator.StartAsync(clock), isFutures, adjust ?? Patience.Added);
    }

    public static Market Spot(string symbol = BtcSpot) =>
        Markets.Of(symbol.Split('-')[0], "USDT", 0.1m, 0.00001m, "kucoin");

    /// <summary>A lot is a hundredth of a contract.</summary>
    public static Market Futures { get; } = Markets.Of("BTC", "USDT", 0.1m, 0.00001m, "kucoinfutures");

    public async Task<MirrorListener> OpenSpotAsync(string symbol = BtcSpot)
    {
        Venue.Add(symbol, 60_000, tick: 0.1m, lot: 0.00001m);
        var mirror = new MirrorListener();
        Feed.Subscribe(Spot(symbol), mirror);
        await Eventually.Holds(Clock, () => Venue.IsSubscribed("/market/ticker:" + symbol), () => string.Join(", ", mirror.States));
        Venue.StepSpot(symbol);
        await Eventually.Holds(() => mirror.State == FeedState.Live, () => string.Join(", ", mirror.States));
        return mirror;
    }

    public async Task<MirrorListener> OpenFuturesAsync()
    {
        Venue.Add(BtcFutures, 60_000, tick: 0.1m, lot: 1m);
        var mirror = new MirrorListener();
        Feed.Subscribe(Futures, mirror);
        await Eventually.Holds(() => mirror.State == FeedState.Live, () => string.Join(", ", mirror.States));
        return mirror;
    }

    /// <summary>Quantities of the venue's book become lots by the factor given.</summary>
    public bool IsEqual(string symbol, MirrorListener mirror, decimal lotsPerUnit)
    {
        var book = Venue.Book(symbol);
        lock (book)
        {
            return mirror.State == FeedState.Live
                && mirror.Bids.SequenceEqual(Expected(book.Bids, lotsPerUnit)) && mirror.Asks.SequenceEqual(Expected(book.Asks, lotsPerUnit));
        }
    }

    public Task EqualInTimeAsync(string symbol, MirrorListener mirror, decimal lotsPerUnit) => Eventually.Holds(
        Clock, () => IsEqual(symbol, mirror, lotsPerUnit), () => string.Join(", ", mirror.States.TakeLast(5)));

    public async ValueTask DisposeAsync()
    {
        Feed.Dispose();
        await Venue.DisposeAsync();
        _http.Dispose();
    }

    private static IEnumerable<DepthLevel> Expected(IEnumerable<(decimal Price, decimal Quantity)> levels, decimal lotsPerUnit) =>
        levels.Take(lotsPerUnit == 100 ? int.MaxValue : 50)
            .Select(level => new DepthLevel((long)(level.Price / 0.1m), (long)(level.Quantity * lotsPerUnit)));
}
