namespace Exchange.Grains.Interfaces.Streams;

/// <summary>The public side of a symbol as a stream. The grain is the symbol's own; the key is the canonical symbol.</summary>
[Alias("Exchange.ISymbolStreamGrain")]
public interface ISymbolStreamGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts or renews a watch. The answer is the book that the next increments build on, in full where the watch is new.
    /// </summary>
    [Alias("Watch")]
    Task<WatchedSymbol> Watch(ISymbolObserver observer, StreamPace pace);

    [Alias("Unwatch")]
    Task Unwatch(ISymbolObserver observer, StreamPace pace);
}

/// <summary>Who is told what became durable. Nothing is promised but the order: a watcher sees what it missed by its sequence.</summary>
[Alias("Exchange.ISymbolObserver")]
public interface ISymbolObserver : IGrainObserver
{
    [Alias("OnUpdate")]
    void OnUpdate(SymbolUpdate update);
}
