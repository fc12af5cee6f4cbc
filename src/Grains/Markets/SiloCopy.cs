using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>This process' catalog as the directory sees it. The engine holds it weakly; whoever watches has to hold it.</summary>
public sealed class SiloCopy(MarketCatalog catalog, IGrainFactory grains, ISiloStatusOracle? silos = null) : IMarketsObserver
{
    private IMarketsObserver? _reference;

    public Task OnChanged() => catalog.Refresh();

    /// <summary>A directory that did not know this copy may have told the others of something before.</summary>
    public async Task Watch()
    {
        _reference ??= grains.CreateObjectReference<IMarketsObserver>(this);
        if (await grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).Watch(_reference, silos?.SiloAddress))
            await catalog.Refresh();
    }
}
