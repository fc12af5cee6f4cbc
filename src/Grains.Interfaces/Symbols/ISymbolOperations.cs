using Exchange.Domain.Markets;

namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>What operators look at and do. The same grain as <see cref="ISymbolGrain"/>, the same key.</summary>
[Alias("Exchange.ISymbolOperations")]
public interface ISymbolOperations : IGrainWithStringKey
{
    /// <summary>Figures from memory. Does not count as somebody asking for the symbol.</summary>
    [Alias("GetReport")]
    Task<SymbolReport> GetReport();

    /// <summary>What is open, when everything decided so far is durable.</summary>
    [Alias("GetWork")]
    Task<SymbolWork> GetWork();

    /// <summary>Cancels every order where the market was delisted; nothing otherwise.</summary>
    [Alias("CancelIfDelisted")]
    Task CancelIfDelisted();

    /// <summary>Saves a snapshot and goes. What names the symbol next, or its open work, brings it back from its journal.</summary>
    [Alias("Leave")]
    Task Leave();
}

[GenerateSerializer, Immutable, Alias("Exchange.SymbolWork")]
public sealed record SymbolWork(
    [property: Id(0)] int Orders,
    [property: Id(1)] int Positions,
    [property: Id(2)] int Conditionals,
    [property: Id(3)] int Unsettled);

/// <param name="Retrying">Accounts whose settlements failed and are tried again.</param>
/// <param name="ArmedTriggers">Levels of positions and conditional orders that are watched.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SymbolReport")]
public sealed record SymbolReport(
    [property: Id(0)] string Symbol,
    [property: Id(1)] MarketStatus Market,
    [property: Id(2)] FeedHealth Feed,
    [property: Id(3)] long FeedAgeMs,
    [property: Id(4)] SymbolWork Work,
    [property: Id(5)] int Retrying,
    [property: Id(6)] int ArmedTriggers,
    [property: Id(7)] long Sequence,
    [property: Id(8)] decimal BidPrice,
    [property: Id(9)] decimal AskPrice,
    [property: Id(10)] decimal LastPrice,
    [property: Id(11)] decimal MarkPrice,
    [property: Id(12)] long ActiveSinceMs,
    [property: Id(13)] SymbolCounts Counts);

/// <summary>Since the activation started.</summary>
/// <param name="Closures">Positions closed, by the number of their cause.</param>
/// <param name="Records">Journal records written.</param>
/// <param name="DurableMicros">The sum, over those records, of the time from the decision to the disk.</param>
/// <param name="DurableMicrosMax">The longest since this was last asked.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SymbolCounts")]
public sealed record SymbolCounts(
    [property: Id(0)] long Orders,
    [property: Id(1)] long Cancels,
    [property: Id(2)] long Fills,
    [property: Id(3)] long Opened,
    [property: Id(4)] long[] Closures,
    [property: Id(5)] long Records,
    [property: Id(6)] long DurableMicros,
    [property: Id(7)] long DurableMicrosMax);
