using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Journaling;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Markets;

/// <summary>Writes the directory; everybody reads it through the catalog of the own silo, which is told of every change.</summary>
public sealed class MarketsGrain(
    JournalingServices services,
    VenueListings listings,
    MarketCatalog catalog,
    ISiloStatusOracle silos,
    ILogger<MarketsGrain> logger)
    : JournaledGrain(services, logger), IMarketsGrain
{
    private readonly MarketDirectory _directory = new();
    private readonly DirectoryCopies _copies = new(silos, services.Time);

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
        var current = _directory[symbol].Status;
        if (current == MarketStatus.Delisted && status != current)
            return Reason.MarketDelisted;
        if (current != status)
            await Journal([new MarketStatusChanged(symbol, status)]);
        return Reason.None;
    }

    /// <summary>Halted first, so that no position can open while it is found out whether there are any.</summary>
    public async Task<Reason> Delist(string symbol)
    {
        if (!_directory.Contains(symbol))
            return Reason.UnknownSymbol;
        var before = _directory[symbol].Status;
        if (before == MarketStatus.Delisted)
            return Reason.None;
        await SetStatus(symbol, MarketStatus.Halted);
        var work = await GrainFactory.GetGrain<ISymbolOperations>(symbol).GetWork();
        if (work.Positions > 0)
        {
            await SetStatus(symbol, before);
            return Reason.MarketHasPositions;
        }

        await SetStatus(symbol, MarketStatus.Delisted);
        await GrainFactory.GetGrain<ISymbolOperations>(symbol).CancelIfDelisted();
        return Reason.None;
    }

    public async Task<StopReply> StopTrading(StopKind kind, string by, string why)
    {
        if (_directory.Stop.Kind >= kind)
            return await Told(false);
        return await Journal([new TradingStopped(kind, by, why)]);
    }

    public async Task<StopReply> ResumeTrading(StopKind kind, string by)
    {
        if (_directory.Stop.Kind != kind || kind == StopKind.None)
            return await Told(false);
        return await Journal([new TradingResumed(by)]);
    }

    public Task<long> Watch(IMarketsObserver observer, SiloAddress? silo)
    {
        _copies.Renew(observer, silo);
        return Task.FromResult(DurableSequence);
    }

    protected override void Replay(long sequence, EventBatch batch) => _directory.Apply(batch);

    private async Task<StopReply> Journal(IReadOnlyList<DomainEvent> events)
    {
        var now = NowMs;
        _directory.Apply(new EventBatch(now, events));
        await Append(now, events);
        return await Told(true);
    }

    /// <summary>Also where nothing changed: whoever asks wants to be sure that everybody knows.</summary>
    private async Task<StopReply> Told(bool changed)
    {
        await WhenDurable();
        await catalog.Refresh();
        var (silos, silent) = await _copies.Tell();
        return new StopReply(changed, silos, silent);
    }
}
