using System.Net.Sockets;
using Npgsql;

namespace Exchange.Storage.Sql.Postgres;

internal static class PostgresFailure
{
    public static bool Explains(Exception exception) => exception is NpgsqlException or SocketException or IOException
        or TimeoutException or InvalidOperationException or ObjectDisposedException;

    public static StorageException Of(Exception exception) => exception switch
    {
        PostgresException refusal => new StorageException(FailureOf(refusal), $"PostgreSQL: {refusal.MessageText} ({refusal.SqlState}).", exception),
        _ => new StorageException(StorageFailure.Disconnected, $"PostgreSQL does not answer: {exception.Message}", exception),
    };

    private static StorageFailure FailureOf(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => StorageFailure.Disconnected,
        // The server we found has become, or still is, the standby of another one.
        PostgresErrorCodes.ReadOnlySqlTransaction => StorageFailure.Disconnected,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StorageFailure.Damaged,
        PostgresErrorCodes.LockNotAvailable => StorageFailure.InUse,
        ['0', '8', ..] => StorageFailure.Disconnected,
        _ => StorageFailure.Unavailable,
    };
}
