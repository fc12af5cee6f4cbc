using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Postgres;

namespace Exchange.Storage.State;

/// <summary>For a grain storage provider that opens connections itself.</summary>
public static class GrainStateConnection
{
    private const int ConnectionsMax = 8;

    /// <param name="postgres">The exchange's own connection string.</param>
    public static string To(string postgres) => PostgresDialect.PooledSettings(postgres, StorePurpose.State, "grain state", ConnectionsMax);
}
