namespace Exchange.Storage.Sql.Postgres;

/// <summary>Advisory locks of the exchange's database: all have the first key, one each the second.</summary>
internal enum PostgresLock
{
    /// <summary>Looking at schemas and changing them.</summary>
    Schemas = 1,

    /// <summary>Held by every process that writes: shared in a cluster, alone otherwise.</summary>
    Claim = 2,

    /// <summary>Held by the process that follows the journal for the read model.</summary>
    Follower = 3,

    /// <summary>Held by a flush until it is committed.</summary>
    Append = 4,
}

internal static class PostgresLocks
{
    /// <summary>"XCHG".</summary>
    private const int Namespace = 0x58434847;

    public static string Keys(this PostgresLock key) => $"{Namespace}, {(int)key}";
}
