using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Exchange.Feeds.Replay;
using Exchange.Feeds.Simulated;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds;

/// <summary>
/// Decides which venue backs a market. What is configured for the market comes first, then the venue in its definition;
/// the simulated one there stands for whatever is the default here. A replay plays all that has a venue.
/// </summary>
public sealed class FeedRoutes(IOptions<FeedOptions> options)
{
    public const string None = "none";

    private readonly FeedOptions _options = options.Value;

    /// <summary>The market as it is to be subscribed.</summary>
    public Market Apply(Market market)
    {
        if (_options.Markets.TryGetValue(market.Symbol, out var own) && own.Venue.Length > 0)
        {
            string venue = Is(own.Venue, None) ? "" : own.Venue.ToLowerInvariant();
            return market with { Venue = venue, VenueSymbol = own.VenueSymbol };
        }
        if (market.HasVenue && Is(_options.Default, ReplayFeed.Name))
            return market with { Venue = ReplayFeed.Name, VenueSymbol = Is(market.Venue, SimulatedFeed.Name) ? "" : market.VenueSymbol };
        if (!Is(market.Venue, SimulatedFeed.Name) || Is(_options.Default, SimulatedFeed.Name))
            return market;
        return market with { Venue = _options.Default.ToLowerInvariant(), VenueSymbol = "" };
    }

    public RestingFill RestingFillOf(Market market) =>
        _options.Markets.TryGetValue(market.Symbol, out var own) && own.RestingFill is { } chosen ? chosen : _options.RestingFill;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
