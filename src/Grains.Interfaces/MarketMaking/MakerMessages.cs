using Exchange.Domain;

namespace Exchange.Grains.Interfaces.MarketMaking;

/// <summary>Where a maker takes the price from that it quotes around.</summary>
public enum ReferenceKind : byte
{
    Fixed = 0,

    /// <summary>A simulated price that wanders about a base price.</summary>
    Walk = 1,

    /// <summary>The middle of another market, times a factor.</summary>
    Market = 2,
}

/// <param name="Price">The fixed price, or the one that a walk stays near.</param>
/// <param name="RangeBps">How far a walk gets from it.</param>
/// <param name="Symbol">The other market.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ReferenceSettings")]
public sealed record ReferenceSettings(
    [property: Id(0)] ReferenceKind Kind,
    [property: Id(1)] decimal Price,
    [property: Id(2)] int RangeBps,
    [property: Id(3)] string Symbol,
    [property: Id(4)] decimal Factor);

/// <summary>As the domain's terms, with quantities in the base asset. Distances are basis points of the reference price.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.MakerSettings")]
public sealed record MakerSettings(
    [property: Id(0)] bool IsOn,
    [property: Id(1)] int Levels,
    [property: Id(2)] int HalfSpreadBps,
    [property: Id(3)] int StepBps,
    [property: Id(4)] int SkewBps,
    [property: Id(5)] int RequoteBps,
    [property: Id(6)] decimal LevelQuantity,
    [property: Id(7)] int GrowthPercent,
    [property: Id(8)] decimal PositionMax,
    [property: Id(9)] decimal ExposureMax,
    [property: Id(10)] ReferenceSettings Reference);

public enum MakerState : byte
{
    Off = 0,
    Quoting = 1,

    /// <summary>It has no fresh reference price and has pulled its quotes.</summary>
    ReferenceStale = 2,

    /// <summary>The market does not trade.</summary>
    MarketClosed = 3,

    /// <summary>Its orders, or its funds, are refused; it tries again.</summary>
    Refused = 4,
}

/// <param name="IsAllowed">False where the configuration has switched all makers off.</param>
/// <param name="Reason">With <see cref="MakerState.Refused"/>: why.</param>
/// <param name="Position">How far the inventory is from its target.</param>
/// <param name="Exposure">What its open quotes are worth.</param>
/// <param name="Placed">Orders since it came alive.</param>
[GenerateSerializer, Immutable, Alias("Exchange.MakerView")]
public sealed record MakerView(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long Account,
    [property: Id(2)] bool IsAllowed,
    [property: Id(3)] MakerSettings Settings,
    [property: Id(4)] MakerState State,
    [property: Id(5)] Reason Reason,
    [property: Id(6)] decimal ReferencePrice,
    [property: Id(7)] long ReferenceAtMs,
    [property: Id(8)] decimal Position,
    [property: Id(9)] decimal Exposure,
    [property: Id(10)] int OpenQuotes,
    [property: Id(11)] long Placed,
    [property: Id(12)] long Cancelled);

/// <param name="Problem">With InvalidRequest: what is wrong with the settings, in a sentence.</param>
[GenerateSerializer, Immutable, Alias("Exchange.MakerReply")]
public sealed record MakerReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] string Problem);
