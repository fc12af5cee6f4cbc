using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>This silo's catalog as the directory sees it. The engine holds it weakly; whoever watches has to hold it.</summary>
public sealed class SiloCopy(MarketCatalog catalog, IGrainFactory grains) : IMarketsObserver
{
    private IMarketsObserver? _reference;

    public Task OnChanged() => catalog.Refresh();

    public Task Watch()
    {
        _reference ??= grains.CreateObjectReference<IMarketsObserver>(this);
        return grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).Watch(_reference);
    }
}
