using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds.Binance;

public static class BinanceFeed
{
    public const string Name = BinanceVenue.VenueName;

    public static VenueFeed Create(
        BinanceOptions options, HttpClient http, IVenueMarketCache? cache, TimeProvider time, Random jitter, ILogger logger) =>
        Create(options, http, cache, time, jitter, logger, static rules => rules);

    internal static VenueFeed Create(
        BinanceOptions options,
        HttpClient http,
        IVenueMarketCache? cache,
        TimeProvider time,
        Random jitter,
        ILogger logger,
        Func<ConnectionRules, ConnectionRules> adjust)
    {
        var rest = new VenueRest(http, options.RestBase, options.RestRequestsPerMinute, time);
        var venue = new BinanceVenue(options, rest) { Rules = adjust(BinanceVenue.SpotRules) };
        var transport = new WebSocketTransport(venue.Rules.MaxMessageBytes);
        return new VenueFeed(venue, transport, new FeedCounters(venue.Name), cache, time, jitter, logger);
    }
}
