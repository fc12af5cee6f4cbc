using Exchange.Feeds;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Journaling;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Symbols;

/// <summary>What a symbol needs from its silo beside the journal.</summary>
public sealed class SymbolServices(
    IMarketCatalog catalog,
    FeedHub feeds,
    IDeadLetterOffice deadLetters,
    IOptions<JournalingOptions> journaling,
    IOptions<PositionOptions> positions,
    TimeProvider time)
{
    public IMarketCatalog Catalog { get; } = catalog;
    public FeedHub Feeds { get; } = feeds;
    public IDeadLetterOffice DeadLetters { get; } = deadLetters;
    public JournalingOptions Journaling { get; } = journaling.Value;
    public PositionOptions Positions { get; } = positions.Value;
    public TimeProvider Time { get; } = time;
}
