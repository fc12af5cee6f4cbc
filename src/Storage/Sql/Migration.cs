namespace Exchange.Storage.Sql;

/// <summary>One step of a schema. A released step never changes; what comes later is a step of its own.</summary>
internal sealed record Migration(int Number, string Name, string Script)
{
    /// <summary>What PostgreSQL is told besides, after the script: storage settings and functions that SQLite has no use for.</summary>
    public string Postgres { get; init; } = "";
}
