using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Publishes what a test tells it to, to whoever watches.</summary>
public sealed class FakeSymbolStream(string symbol) : ISymbolStreamGrain
{
    private readonly HashSet<(ISymbolObserver, StreamPace)> watching = [];

    public int NewWatches { get; private set; }
    public DepthView Depth { get; set; } = new(symbol, 1, [new(100m, 5m)], [new(101m, 7m)], 0, 0, 10);

    public Task<WatchedSymbol> Watch(ISymbolObserver observer, StreamPace pace)
    {
        lock (watching)
        {
            var isNew = watching.Add((observer, pace));
            NewWatches += isNew ? 1 : 0;
            return Task.FromResult(new WatchedSymbol(isNew, isNew ? Depth : null));
        }
    }

    public Task Unwatch(ISymbolObserver observer, StreamPace pace)
    {
        lock (watching)
            watching.Remove((observer, pace));
        return Task.CompletedTask;
    }

    public void Publish(DepthIncrement? depth, params TradeView[] trades)
    {
        lock (watching)
        {
            foreach (var (observer, pace) in watching)
                observer.OnUpdate(new SymbolUpdate(symbol, pace, 1_767_225_600_000, depth, trades));
        }
    }
}

public sealed class FakePortfolioStream : IPortfolioStreamGrain
{
    private readonly HashSet<IPortfolioObserver> watching = [];

    public Task<bool> Watch(IPortfolioObserver observer)
    {
        lock (watching)
            return Task.FromResult(watching.Add(observer));
    }

    public Task Unwatch(IPortfolioObserver observer)
    {
        lock (watching)
            watching.Remove(observer);
        return Task.CompletedTask;
    }

    public void Publish(AccountUpdate update)
    {
        lock (watching)
        {
            foreach (var observer in watching)
                observer.OnUpdate(update);
        }
    }
}
