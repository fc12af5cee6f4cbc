using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds.Kucoin;

public static class KucoinFeed
{
    public const string SpotName = KucoinSpotVenue.VenueName;
    public const string FuturesName = KucoinFuturesVenue.VenueName;

    public static VenueFeed CreateSpot(
        KucoinOptions options, HttpClient http, IVenueMarketCache? cache, TimeProvider time, Random jitter, ILogger logger) =>
        CreateSpot(options, http, cache, time, jitter, logger, static rules => rules);

    public static VenueFeed CreateFutures(
        KucoinOptions options, HttpClient http, IVenueMarketCache? cache, TimeProvider time, Random jitter, ILogger logger) =>
        CreateFutures(options, http, cache, time, jitter, logger, static rules => rules);

    internal static VenueFeed CreateSpot(
        KucoinOptions options,
        HttpClient http,
        IVenueMarketCache? cache,
        TimeProvider time,
        Random jitter,
        ILogger logger,
        Func<ConnectionRules, ConnectionRules> adjust)
    {
        var counters = new FeedCounters(SpotName);
        var rest = new VenueRest(http, options.RestBase ?? KucoinOptions.Spot, options.RestRequestsPerMinute, time);
        var venue = new KucoinSpotVenue(rest, new KucoinTokens(rest, time, counters)) { Rules = adjust(KucoinMessages.Rules) };
        return new VenueFeed(venue, new WebSocketTransport(venue.Rules.MaxMessageBytes), counters, cache, time, jitter, logger);
    }

    internal static VenueFeed CreateFutures(
        KucoinOptions options,
        HttpClient http,
        IVenueMarketCache? cache,
        TimeProvider time,
        Random jitter,
        ILogger logger,
        Func<ConnectionRules, ConnectionRules> adjust)
    {
        var counters = new FeedCounters(FuturesName);
        var rest = new VenueRest(http, options.RestBase ?? KucoinOptions.Futures, options.RestRequestsPerMinute, time);
        var venue = new KucoinFuturesVenue(rest, new KucoinTokens(rest, time, counters)) { Rules = adjust(KucoinMessages.Rules) };
        return new VenueFeed(venue, new WebSocketTransport(venue.Rules.MaxMessageBytes), counters, cache, time, jitter, logger);
    }
}
