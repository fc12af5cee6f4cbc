namespace Exchange.Storage.Journal;

/// <summary>Where a flush goes: the seam between the writer and the database.</summary>
internal interface IJournalStore : IDisposable
{
    /// <summary>Reads where the streams end.</summary>
    void Load(IReadOnlyList<StreamTail> tails);

    /// <summary>
    /// Adds to every stream, in one transaction, what it is <see cref="StreamTail.Adding"/> and moves its end. A stream
    /// that someone else has moved on is marked as refused instead and does not hinder the others.
    /// An exception leaves it open whether the transaction took effect.
    /// </summary>
    void Write(List<StreamTail> streams);

    /// <summary>Starts over after a failure with a new connection.</summary>
    void Reset();
}
