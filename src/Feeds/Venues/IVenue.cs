using Exchange.Domain.Markets;
using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Venues;

/// <summary>What differs between venues: their messages, their REST answers and their names for things.</summary>
internal interface IVenue : IVenueProtocol
{
    string Name { get; }
    DepthStyle Style { get; }
    SessionTable Sessions { get; }

    /// <summary>The venue's name for a market that does not give one.</summary>
    string SymbolOf(Market market);

    /// <summary>How much of the base asset the venue counts as one: a contract's multiplier, or 1.</summary>
    ValueTask<decimal> UnitAsync(string symbol, CancellationToken cancellationToken);

    Task FetchSnapshotAsync(MarketSession session, int attempt, CancellationToken cancellationToken);

    Task<IReadOnlyList<VenueCandle>> FetchCandlesAsync(
        Market market, string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    Task<IReadOnlyList<VenueMarket>> FetchMarketsAsync(CancellationToken cancellationToken);
}
