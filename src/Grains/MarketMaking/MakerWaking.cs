using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.MarketMaking;

/// <summary>Wakes the market makers: nobody else calls them.</summary>
public sealed class MakerWaking(IGrainFactory grains, IMarketCatalog catalog, ILogger<MakerWaking> logger)
{
    /// <summary>One that is off returns at once, unless it left quotes behind.</summary>
    public async Task WakeAll()
    {
        foreach (var market in catalog.Markets.Where(market => !market.HasVenue))
        {
            try
            {
                await grains.GetGrain<IMarketMakerGrain>(market.Symbol).WakeUp();
            }
            catch (Exception exception)
            {
                Log.WakeFailed(logger, exception, $"The market maker of {market.Symbol}");
            }
        }
    }
}
