using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>An armed trigger in the pool, a link of its level's queue. Numbers are pool numbers; 0 is none.</summary>
internal struct TriggerNode : IIdentified
{
    public long Key;

    /// <summary>Counts what was armed, so that firing a level can tell what was there when it began.</summary>
    public long Stamp;
    public int Previous;
    public int Next;
    public int Level;

    readonly long IIdentified.Id => Key;
}

/// <summary>The queue at one level of one direction.</summary>
internal struct TriggerLevel
{
    public long Key;
    public int Head;
    public int Tail;
    public TriggerDirection Direction;

    public readonly long Price => TriggerKeys.Ladder(Direction, Key);
}
