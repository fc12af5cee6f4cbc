namespace Exchange.Domain.Triggers;

/// <summary>Which way the watched price goes when it reaches a trigger.</summary>
public enum TriggerDirection : byte
{
    /// <summary>Below the price: fires once the price is at the level or lower.</summary>
    Falling = 0,

    /// <summary>Above the price: fires once the price is at the level or higher.</summary>
    Rising = 1,
}

/// <summary>
/// A level that is watched for someone. The id and the slot together name it: one position has several triggers, each in
/// a slot of its own.
/// </summary>
public readonly record struct Trigger(long Id, int Slot, TriggerDirection Direction, long Level)
{
    public const long IdMax = (1L << 58) - 1;
    public const int SlotMax = 15;
    public const long LevelMax = 1_000_000_000_000_000;

    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Id);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Id, IdMax);
        ArgumentOutOfRangeException.ThrowIfNegative(Slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Slot, SlotMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Level, LevelMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)Direction, (byte)TriggerDirection.Rising);
    }
}
