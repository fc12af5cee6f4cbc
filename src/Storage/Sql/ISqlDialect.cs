using Exchange.Storage.Journal;

namespace Exchange.Storage.Sql;

/// <summary>
/// What a connection is for. SQLite keeps each purpose in a file of its own, since it allows one writer per file and a
/// flush must never wait for another writer; PostgreSQL keeps each in a schema of its own.
/// </summary>
public enum StorePurpose
{
    Journal,
    ReadModel,
    State,
}

/// <summary>
/// All that differs between databases. Everything above it is written once: the schema with the few tokens that
/// <see cref="Schema"/> fills in, and statements whose parameters are $1, $2, ... numbered in order of appearance.
/// </summary>
internal interface ISqlDialect : IDisposable
{
    /// <summary>Several processes write this journal, so its own feed does not tell a follower everything.</summary>
    bool IsShared { get; }

    /// <summary>Where reading may block: never a thread that others wait for.</summary>
    TaskScheduler Readers { get; }

    /// <summary>Held while schemas are looked at and changed, so that processes that start together do so in turn.</summary>
    IDisposable LockSchemas();

    /// <summary>Refuses foreign and damaged data without touching it. To be called before the first connection.</summary>
    /// <returns>False when there is nothing yet.</returns>
    bool Inspect(StorePurpose purpose);

    void Create(StorePurpose purpose);

    ISqlSession OpenWriter(StorePurpose purpose);

    ISqlSession OpenReader(StorePurpose purpose);

    IJournalStore OpenJournal(TimeProvider time);

    /// <summary>Makes the session the one that follows the journal, for as long as it is open.</summary>
    /// <returns>False where another process follows already.</returns>
    bool TryLead(ISqlSession session);

    /// <summary>Fills in {identity}, {id}, {bytes}, {decimal} and {clustered}.</summary>
    string Schema(string shared);

    string Script(Migration migration);

    bool HasTable(ISqlSession session, string table);
}
