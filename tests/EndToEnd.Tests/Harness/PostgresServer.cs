using System.Diagnostics;
using Npgsql;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>The server that EXCHANGE_TEST_POSTGRES names, on which each exchange has a database of its own; without it they are on files.</summary>
internal static class PostgresServer
{
    private const string Variable = "EXCHANGE_TEST_POSTGRES";
    private const string RestartVariable = "EXCHANGE_TEST_POSTGRES_RESTART";

    public static string? Connection { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>A command that ends the server without warning and starts it again.</summary>
    private static string? RestartCommand => Environment.GetEnvironmentVariable(RestartVariable);

    public static string? CreateDatabase()
    {
        if (Connection is null)
            return null;
        var name = $"exchange_{Guid.NewGuid():N}";
        Execute($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ConnectionString;
    }

    public static void DropDatabase(string connection) =>
        Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public static void TerminateConnections(string connection) => Execute(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(connection).Database}'");

    public static async Task CrashAndRestartAsync()
    {
        using var restart = Process.Start(new ProcessStartInfo("bash", ["-c", RestartCommand!]) { RedirectStandardOutput = true })!;
        await restart.WaitForExitAsync();
        Assert.Equal(0, restart.ExitCode);
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{Connection};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>A test of what only an exchange on PostgreSQL can go through.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Connection is null)
            Skip = "Needs PostgreSQL: EXCHANGE_TEST_POSTGRES names no server.";
    }
}
