using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Exchange.Feeds.Binance;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;
using Exchange.VenueSimulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>A simulated Binance, a feed that is connected to it over loopback, and a clock that only the test moves.</summary>
internal sealed class BinanceFixture : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private BinanceFixture(SteppedClock clock, BinanceSimulator venue, Func<ConnectionRules, ConnectionRules> adjust, IVenueMarketCache? cache)
    {
        (Clock, Venue) = (clock, venue);
        var options = new BinanceOptions { RestBase = venue.Http, StreamBase = venue.Ws };
        Feed = BinanceFeed.Create(options, _http, cache, clock, new Random(7), NullLogger.Instance, adjust);
    }

    public SteppedClock Clock { get; }
    public BinanceSimulator Venue { get; }
    public VenueFeed Feed { get; }

    public static async Task<BinanceFixture> StartAsync(
        Func<ConnectionRules, ConnectionRules>? adjust = null, IVenueMarketCache? cache = null)
    {
        var clock = new SteppedClock();
        return new BinanceFixture(clock, await BinanceSimulator.StartAsync(clock), adjust ?? Patience.Added, cache);
    }

    public static Market MarketOf(string symbol) =>
        Markets.Of(symbol[..^4], symbol[^4..], 0.01m, 0.00001m, "binance") with { VenueSymbol = symbol };

    /// <summary>Adds the market at the venue, subscribes to it and waits until it is live.</summary>
    public async Task<MirrorListener> OpenAsync(string symbol, decimal middle = 60_000)
    {
        Venue.Add(symbol, middle, seed: symbol.GetHashCode(StringComparison.Ordinal) & 0xFFFF);
        var mirror = new MirrorListener();
        Feed.Subscribe(MarketOf(symbol), mirror);
        await LiveAsync(symbol, mirror);
        return mirror;
    }

    public Task LiveAsync(string symbol, MirrorListener mirror) => Eventually.Holds(
        () => mirror.State == FeedState.Live && Venue.IsSubscribed(symbol), () => $"{symbol} is {string.Join(", ", mirror.States)}");

    public bool IsEqual(string symbol, MirrorListener mirror)
    {
        var book = Venue.Book(symbol);
        lock (book)
            return mirror.State == FeedState.Live && Same(book.Bids, mirror.Bids) && Same(book.Asks, mirror.Asks);
    }

    /// <summary>The mirrored book is the venue's book, once what is on its way has arrived.</summary>
    public Task EqualAsync(string symbol, MirrorListener mirror) => Eventually.Holds(
        () => IsEqual(symbol, mirror), () => Difference(symbol, mirror));

    /// <summary>The same for what takes a retry or a reconnect, and so takes the feed's time.</summary>
    public Task EqualInTimeAsync(string symbol, MirrorListener mirror) => Eventually.Holds(
        Clock, () => IsEqual(symbol, mirror), () => Difference(symbol, mirror));

    public async ValueTask DisposeAsync()
    {
        Feed.Dispose();
        await Venue.DisposeAsync();
        _http.Dispose();
    }

    private string Difference(string symbol, MirrorListener mirror) =>
        $"{symbol}: venue {string.Join(' ', Venue.Book(symbol).Bids.Take(5))} mirror {string.Join(' ', mirror.Bids.Take(5))}, "
        + $"{string.Join(", ", mirror.States.TakeLast(6))}";

    private static bool Same(IReadOnlyList<(decimal Price, decimal Quantity)> venue, DepthLevel[] mirror) =>
        venue.Count == mirror.Length
        && venue.Zip(mirror).All(pair => pair.First.Price == pair.Second.Price * 0.01m && pair.First.Quantity == pair.Second.Lots * 0.00001m);
}
