namespace Exchange.Storage.Sql;

/// <summary>
/// What a connection is for. SQLite keeps each purpose in a file of its own, since it allows one writer per file and a
/// flush must never wait for another writer; a server may map all of them to one database.
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
internal interface ISqlDialect
{
    /// <summary>Refuses foreign and damaged data without touching it. To be called before the first connection.</summary>
    /// <returns>False when there is nothing yet.</returns>
    bool Inspect(StorePurpose purpose);

    void Create(StorePurpose purpose);

    ISqlSession OpenWriter(StorePurpose purpose);

    ISqlSession OpenReader(StorePurpose purpose);

    /// <summary>Fills in {identity}, {id}, {bytes}, {decimal} and {clustered}.</summary>
    string Schema(string shared);

    bool HasTable(ISqlSession session, string table);
}
