namespace Exchange.Domain.Venue;

/// <summary>Why depth data was not applied. The book is then as it was before.</summary>
public enum DepthRefusal : byte
{
    None = 0,

    /// <summary>A price that is not positive, or too large to be one.</summary>
    AbsurdPrice = 1,

    /// <summary>Negative lots, lots too large to add up, or an empty level in a snapshot.</summary>
    AbsurdLots = 2,

    /// <summary>The best bid of a snapshot is not below its best ask.</summary>
    Crossed = 3,

    /// <summary>A snapshot's side that is not strictly ordered, best price first.</summary>
    OutOfOrder = 4,
}
