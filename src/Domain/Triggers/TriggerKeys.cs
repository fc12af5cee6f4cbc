namespace Exchange.Domain.Triggers;

/// <summary>A trigger's name in one number, and its level as a ladder sees it.</summary>
internal static class TriggerKeys
{
    private const int SlotBits = 4;

    public static long Of(long id, int slot) => id << SlotBits | (long)slot;

    public static long IdOf(long key) => key >> SlotBits;

    public static int SlotOf(long key) => (int)(key & Trigger.SlotMax);

    /// <summary>Falling triggers by level, rising ones by its negative: the greater is reached first. It is its own inverse.</summary>
    public static long Ladder(TriggerDirection direction, long level)
    {
        var sign = -(long)direction;
        return (level ^ sign) - sign;
    }
}
