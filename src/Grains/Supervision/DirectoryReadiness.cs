using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Markets;

namespace Exchange.Grains.Supervision;

/// <summary>Where no grains are: ready once there is a market and the directory knows whom to tell of changes.</summary>
public sealed class DirectoryReadiness(MarketCatalog catalog, DirectoryCopy copy) : IExchangeReadiness
{
    public bool IsReady => copy.IsWatched && catalog.Markets.Count > 0;
}
