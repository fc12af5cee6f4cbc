using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>This process' catalog as the directory sees it. The engine holds it weakly; whoever watches has to hold it.</summary>
public sealed class DirectoryCopy(MarketCatalog catalog, IGrainFactory grains, ISiloStatusOracle? silos = null) : IMarketsObserver
{
    private IMarketsObserver? _reference;
    private volatile bool _isWatched;

    /// <summary>The directory knows of this copy, and the copy knew all that the directory did.</summary>
    public bool IsWatched => _isWatched;

    public Task OnChanged() => catalog.Refresh();

    /// <summary>What was said while nobody told this copy, or while it could not read, is read now.</summary>
    public async Task Watch()
    {
        _reference ??= grains.CreateObjectReference<IMarketsObserver>(this);
        var sequence = await grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).Watch(_reference, silos?.SiloAddress);
        if (sequence > catalog.Sequence)
            await catalog.Refresh();
        _isWatched = true;
    }
}
