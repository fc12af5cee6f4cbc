namespace Exchange.Domain.Book;

/// <summary>A resting order in the pool, a link of its level's queue. Numbers are pool numbers; 0 is none.</summary>
internal struct Node : IIdentified
{
    public long Id;
    public long Account;

    /// <summary>The lots in the queue: all of a plain order, the displayed slice of an iceberg.</summary>
    public long Lots;
    public int Previous;
    public int Next;
    public int Level;
    public int Iceberg;

    readonly long IIdentified.Id => Id;
}

/// <summary>What only icebergs have, kept apart so that plain orders do not pay for it.</summary>
internal struct Iceberg
{
    public long Display;
    public long Hidden;
}
