using Exchange.Domain.Money;

namespace Exchange.Domain.Triggers;

public enum TrailUnit : byte
{
    None = 0,
    Ticks = 1,
    BasisPoints = 2,
}

/// <summary>
/// A trigger that follows the price while it moves away and stays where it is while the price comes closer. A falling one
/// follows the highest price since it was armed, its anchor, a rising one the lowest.
/// </summary>
public readonly record struct TrailingStop(
    long Id, int Slot, TriggerDirection Direction, TrailUnit Unit, long Distance, long Anchor)
{
    public const long BasisPointsMax = Fees.BasisPoints - 1;

    /// <summary>Where it would fire now. A part of a tick counts as a whole one: it never fires closer than its distance.</summary>
    public long Level => LevelAt(Direction, Unit, Distance, Anchor);

    internal static long LevelAt(TriggerDirection direction, TrailUnit unit, long distance, long anchor)
    {
        var ticks = unit == TrailUnit.Ticks
            ? distance
            : (long)(((Int128)anchor * distance + Fees.BasisPoints - 1) / Fees.BasisPoints);
        return direction == TriggerDirection.Falling
            ? Math.Max(anchor - ticks, 1)
            : Math.Min(anchor + ticks, Trigger.LevelMax);
    }

    internal void ThrowIfInvalid()
    {
        new Trigger(Id, Slot, Direction, Anchor).ThrowIfInvalid();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Distance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Distance, Unit == TrailUnit.BasisPoints ? BasisPointsMax : Trigger.LevelMax);
        if (Unit is not (TrailUnit.Ticks or TrailUnit.BasisPoints))
            throw new ArgumentOutOfRangeException(nameof(Unit));
    }
}
