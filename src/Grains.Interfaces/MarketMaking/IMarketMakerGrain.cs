using Orleans.Concurrency;

namespace Exchange.Grains.Interfaces.MarketMaking;

/// <summary>Quotes on a market where users would be alone. The key is the canonical symbol.</summary>
[Alias("Exchange.IMarketMakerGrain")]
public interface IMarketMakerGrain : IGrainWithStringKey
{
    /// <summary>Takes its work up where it is switched on, or where it left quotes behind. Idempotent.</summary>
    [Alias("WakeUp")]
    Task WakeUp();

    [AlwaysInterleave]
    [Alias("Get")]
    Task<MakerView> Get();

    /// <summary>Durable when it answers. One that is switched off has tried to take its quotes back by then.</summary>
    [Alias("Change")]
    Task<MakerReply> Change(MakerSettings settings);
}
