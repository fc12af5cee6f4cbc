using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Interfaces.Streams;

public enum StreamPace : byte
{
    Normal = 0,
    Fast = 1,
}

/// <param name="IsNew">Not a renewal: what was published before, this watcher has not seen.</param>
/// <param name="Depth">The published book; null for a renewal.</param>
[GenerateSerializer, Immutable, Alias("Exchange.WatchedSymbol")]
public sealed record WatchedSymbol(
    [property: Id(0)] bool IsNew,
    [property: Id(1)] DepthView? Depth);

/// <summary>The levels that changed between two states of the book, with their quantities after it; zero where a level is gone.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.DepthIncrement")]
public sealed record DepthIncrement(
    [property: Id(0)] long FirstId,
    [property: Id(1)] long LastId,
    [property: Id(2)] PriceLevel[] Bids,
    [property: Id(3)] PriceLevel[] Asks);

/// <param name="Depth">Null where the public book is as it was.</param>
/// <param name="Trades">Since the last update of this pace, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SymbolUpdate")]
public sealed record SymbolUpdate(
    [property: Id(0)] string Symbol,
    [property: Id(1)] StreamPace Pace,
    [property: Id(2)] long AtMs,
    [property: Id(3)] DepthIncrement? Depth,
    [property: Id(4)] TradeView[] Trades);
