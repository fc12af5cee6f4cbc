namespace Exchange.Domain.Triggers;

/// <summary>
/// The triggers of one watched price. The same calls in the same order give the same <see cref="StateHash"/> and the same
/// firing order in every implementation.
/// </summary>
public interface ITriggerIndex
{
    int Count { get; }

    /// <summary>
    /// Arms a trigger behind all others of its direction and level. One that is armed already moves; where it would move to
    /// where it is, it keeps its place.
    /// </summary>
    void Arm(in Trigger trigger);

    bool Cancel(long id, int slot);

    bool TryGet(long id, int slot, out Trigger trigger);

    /// <summary>The level of this direction that the price would reach first.</summary>
    bool TryNearest(TriggerDirection direction, out long level);

    /// <summary>
    /// The price went in one direction as far as <paramref name="price"/>: fires every trigger of that direction that is
    /// now at or behind the price, in the order in which the price passed their levels, first in first out within one.
    /// What the sink arms while this goes on fires too if the price still has to pass its level, that is, if the level is
    /// beyond the one being fired; at or before that level it waits for the next call. So every fire is further on than
    /// what armed it, and the firing ends.
    /// </summary>
    int Fire<TSink>(TriggerDirection direction, long price, ref TSink sink)
        where TSink : struct, ITriggerSink;

    /// <summary>
    /// Falling, then rising ones, each in firing order: arming them in this order in an empty index restores this one.
    /// </summary>
    IEnumerable<Trigger> Triggers();

    void Clear();

    ulong StateHash();

    /// <summary>Throws when the inner structures contradict each other.</summary>
    void Validate();
}
