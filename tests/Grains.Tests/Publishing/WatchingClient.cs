using System.Collections.Concurrent;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Publishing;

/// <summary>Watches a symbol and keeps everything it hears.</summary>
public sealed class WatchingClient : ISymbolObserver
{
    private readonly ISymbolStreamGrain _symbol;
    private readonly ISymbolObserver _self;
    private readonly ConcurrentQueue<SymbolUpdate> _heard = new();

    private WatchingClient(IGrainFactory grains, string symbol)
    {
        _symbol = grains.GetGrain<ISymbolStreamGrain>(symbol);
        _self = grains.CreateObjectReference<ISymbolObserver>(this);
    }

    public DepthView Snapshot { get; private set; } = null!;
    public SymbolUpdate[] Heard => [.. _heard];
    public DepthIncrement[] Increments => [.. _heard.Where(update => update.Depth is not null).Select(update => update.Depth!)];
    public long LastId => Increments is [.., var last] ? last.LastId : 0;

    public static Task<WatchingClient> Watch(ExchangeCluster exchange, string symbol, StreamPace pace = StreamPace.Normal) =>
        Watch(exchange.Grains, symbol, pace);

    public static async Task<WatchingClient> Watch(IGrainFactory grains, string symbol, StreamPace pace = StreamPace.Normal)
    {
        var client = new WatchingClient(grains, symbol);
        client.Snapshot = (await client.Renew(pace)).Depth!;
        return client;
    }

    public Task<WatchedSymbol> Renew(StreamPace pace = StreamPace.Normal) => _symbol.Watch(_self, pace);

    public Task Leave(StreamPace pace = StreamPace.Normal) => _symbol.Unwatch(_self, pace);

    public void OnUpdate(SymbolUpdate update) => _heard.Enqueue(update);
}
