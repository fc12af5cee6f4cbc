using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Journaling;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Markets;

/// <summary>Writes the directory; everybody reads it through the catalog.</summary>
public sealed class MarketsGrain(
    JournalingServices services,
    VenueListings listings,
    MarketCatalog catalog,
    ILogger<MarketsGrain> logger)
    : JournaledGrain(services, logger), IMarketsGrain
{
    private readonly MarketDirectory _directory = new();

    protected override string Stream => Streams.Markets;

    public async Task<int> EnsureListed()
    {
        var wanted = await listings.Wanted();
        var listed = wanted
            .Where(market => !_directory.Contains(market.Symbol))
            .Select((market, index) => (DomainEvent)new MarketListed(market with { Number = _directory.Markets.Count + index + 1 }))
            .ToList();
        if (listed.Count > 0)
            await Journal(listed);
        return _directory.Markets.Count;
    }

    public async Task<Reason> SetStatus(string symbol, MarketStatus status)
    {
        if (!_directory.Contains(symbol))
            return Reason.UnknownSymbol;
        if (_directory[symbol].Status != status)
            await Journal([new MarketStatusChanged(symbol, status)]);
        return Reason.None;
    }

    protected override void Replay(long sequence, EventBatch batch) => _directory.Apply(batch.Events);

    private async Task Journal(IReadOnlyList<DomainEvent> events)
    {
        _directory.Apply(events);
        await Append(NowMs, events);
        await catalog.Refresh();
    }
}
