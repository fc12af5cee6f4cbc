using Exchange.Domain;
using Exchange.Domain.Markets;

namespace Exchange.Grains.Interfaces.Markets;

/// <summary>The directory of markets; there is one, with the key <see cref="Key"/>.</summary>
[Alias("Exchange.IMarketsGrain")]
public interface IMarketsGrain : IGrainWithStringKey
{
    const string Key = "markets";

    /// <summary>Lists what the configuration names and the directory does not know yet; answers with the number of markets.</summary>
    [Alias("EnsureListed")]
    Task<int> EnsureListed();

    [Alias("SetStatus")]
    Task<Reason> SetStatus(string symbol, MarketStatus status);
}
