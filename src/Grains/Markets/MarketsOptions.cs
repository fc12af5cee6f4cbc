using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Grains.Markets;

/// <summary>What is listed at first start; later changes are the operators'.</summary>
public sealed class MarketsOptions
{
    public IReadOnlyList<Market> Markets { get; set; } = DefaultMarkets.All;
    public IReadOnlyList<Asset> Assets { get; set; } = DefaultAssets.All;
}
