using Exchange.Domain.Markets;
using Exchange.Feeds;
using Exchange.Feeds.Simulated;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Markets;

/// <summary>
/// What is to be listed: the configured markets, and those of the venue that prices come from by default. Steps and bounds
/// are the venue's own where it knows the market. A venue that cannot be reached and never was leaves the configured ones.
/// </summary>
public sealed class VenueListings(
    IEnumerable<IVenueCatalog> venues,
    IOptions<MarketsOptions> markets,
    IOptions<FeedOptions> feed,
    TimeProvider time,
    ILogger<VenueListings> logger)
{
    private const string Everything = "*";

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(6);

    private readonly MarketsOptions _configured = markets.Value;
    private readonly ListingOptions _options = feed.Value.Listing;
    private readonly IVenueCatalog? _venue =
        venues.FirstOrDefault(venue => string.Equals(venue.Venue, feed.Value.Default, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<Market>? _answer;
    private DateTimeOffset _askAgainAt;

    /// <summary>Numbers are left to whoever lists them.</summary>
    public async Task<IReadOnlyList<Market>> Wanted()
    {
        if (_venue is null)
            return _configured.Markets;
        if (_answer is not null && time.GetUtcNow() < _askAgainAt)
            return _answer;
        try
        {
            var listing = await _venue.ListMarketsAsync();
            _answer = Merge(listing);
            _askAgainAt = time.GetUtcNow() + AskAgainAfter;
            Log.VenueListed(logger, listing.Venue, _answer.Count, listing.At);
        }
        catch (VenueException exception)
        {
            Log.NoVenueListing(logger, exception, _venue.Venue);
        }

        return _answer ?? _configured.Markets;
    }

    private List<Market> Merge(VenueListing listing)
    {
        var defined = new SortedDictionary<string, Market>(StringComparer.Ordinal);
        foreach (var market in listing.Markets)
        {
            if (market.IsTrading && market.ToMarket(listing.Venue, number: 1) is { } made)
                defined.TryAdd(made.Symbol, made);
        }

        var merged = new List<Market>();
        foreach (var market in _configured.Markets)
            merged.Add(defined.Remove(market.Symbol, out var own) && market.Venue == SimulatedFeed.Name ? WithStepsOf(market, own) : market);
        merged.AddRange(defined.Values
            .Where(market => PlaceIn(_options.Quotes, market.Quote) >= 0 && PlaceIn(_options.Bases, market.Base) >= 0 && HasPrecisions(market))
            .OrderBy(market => PlaceIn(_options.Bases, market.Base))
            .ThenBy(market => PlaceIn(_options.Quotes, market.Quote))
            .Take(Math.Max(0, _options.MarketsMax - merged.Count)));
        return merged;
    }

    /// <summary>Of an asset in a list with commas; below 0 where it is not in there.</summary>
    private static int PlaceIn(string list, string asset)
    {
        var assets = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var place = Array.FindIndex(assets, listed => listed.Equals(asset, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : Array.IndexOf(assets, Everything);
    }

    private static Market WithStepsOf(Market market, Market own) => market with
    {
        BasePrecision = own.BasePrecision,
        QuotePrecision = own.QuotePrecision,
        TickSize = own.TickSize,
        LotSize = own.LotSize,
        MaxPriceTicks = own.MaxPriceTicks,
        MinLots = own.MinLots,
        MaxLots = own.MaxLots,
        MaxMarketLots = own.MaxMarketLots,
        MinNotional = own.MinNotional,
    };

    /// <summary>An asset has one precision in all markets.</summary>
    private bool HasPrecisions(Market market) =>
        Fits(market.Base, market.BasePrecision) && Fits(market.Quote, market.QuotePrecision);

    private bool Fits(string code, int precision) =>
        _configured.Assets.FirstOrDefault(asset => asset.Code == code) is not { } known || known.Precision == precision;
}
