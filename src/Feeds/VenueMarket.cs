namespace Exchange.Feeds;

/// <summary>
/// A market as its venue defines it, in units of the base and quote asset. The unit is how much of the base asset the
/// venue counts as one: a contract's multiplier, or 1 on spot.
/// </summary>
public sealed record VenueMarket(
    string Symbol,
    string Base,
    string Quote,
    decimal TickSize,
    decimal LotSize,
    decimal MinQuantity,
    decimal MaxQuantity,
    decimal MaxMarketQuantity,
    decimal MinNotional,
    decimal MaxPrice,
    bool IsTrading,
    decimal Unit);

/// <summary>A venue's markets, and when the venue said so.</summary>
public sealed record VenueListing(string Venue, DateTimeOffset At, IReadOnlyList<VenueMarket> Markets);

/// <summary>Knows which markets a venue has. Feeds of real venues do.</summary>
public interface IVenueCatalog
{
    string Venue { get; }

    /// <summary>From the venue, or from the cache where the venue cannot be reached and was before.</summary>
    Task<VenueListing> ListMarketsAsync(CancellationToken cancellationToken = default);
}

/// <summary>Keeps each venue's last listing, so that a start without the network knows the markets.</summary>
public interface IVenueMarketCache
{
    ValueTask<byte[]?> ReadAsync(string venue, CancellationToken cancellationToken);

    ValueTask WriteAsync(string venue, byte[] listing, CancellationToken cancellationToken);
}
