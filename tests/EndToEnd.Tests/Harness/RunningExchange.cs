using Exchange.Bench.Harness;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>An exchange as a user has it: the real executable on a data folder, which can be killed and started again.</summary>
internal sealed class RunningExchange : IReachable, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private string[] _arguments;
    private string _assembly = SiloBuild.Locate();
    private SiloProcess? _silo;

    private RunningExchange(string[] arguments) => _arguments = arguments;

    public HttpClient Client { get; private set; } = new();
    public string DataFolder => _folder.Data;

    /// <summary>Null where everything is in the data folder.</summary>
    public string? Database { get; private set; } = PostgresServer.CreateDatabase();

    /// <summary>Without a market maker, unless the arguments say so: tests want a market to themselves.</summary>
    public static async Task<RunningExchange> StartAsync(params string[] arguments)
    {
        var exchange = new RunningExchange(arguments);
        try
        {
            await exchange.StartAgainAsync();
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        _silo?.Dispose();
        _silo = SiloProcess.Start(_assembly, DataFolder, [.. _arguments, .. Storage]);
        await _silo.WaitUntilReadyAsync(Patience);
        Client.Dispose();
        Client = new HttpClient { BaseAddress = _silo.Address, Timeout = Patience };
    }

    public Task StartAgainAsync(params string[] otherArguments)
    {
        _arguments = otherArguments;
        return StartAgainAsync();
    }

    /// <summary>As another build of the exchange.</summary>
    public Task StartAgainOnAsync(string assembly)
    {
        _assembly = assembly;
        return StartAgainAsync();
    }

    /// <summary>Whatever is put into the new database is what the next start finds.</summary>
    public async Task MoveToNewDatabaseAsync(Func<string, Task> fill)
    {
        var next = PostgresServer.CreateDatabase()!;
        await fill(next);
        PostgresServer.DropDatabase(Database!);
        Database = next;
    }

    public Task KillAsync() => Silo.KillAsync();

    /// <summary>While a first one runs on the same data.</summary>
    public async Task<(int Code, string Output)> StartSecondAsync()
    {
        using var second = SiloProcess.Start(SiloBuild.Locate(), DataFolder, [.. _arguments, .. Storage]);
        var code = await second.WaitForExitAsync(Patience);
        return (code, await second.OutputAsync());
    }

    /// <summary>Of data that a silo will go on with.</summary>
    public Task PassesAuditAsItIsAsync() =>
        Database is null ? OfflineAudit.PassesOnCopyAsync(DataFolder) : OfflineAudit.PassesAsync(DataFolder, Database);

    public Task PassesAuditAsync() => OfflineAudit.PassesAsync(DataFolder, Database);

    public Task<int> StopAsync(TimeSpan patience) => Silo.StopAsync(patience);

    private string[] Storage => Database is null ? [] : [$"--ConnectionStrings:Postgres={Database}"];

    private SiloProcess Silo => _silo ?? throw new InvalidOperationException("The exchange was never started.");

    public void Dispose()
    {
        _silo?.Dispose();
        Client.Dispose();
        _folder.Dispose();
        if (Database is not null)
            PostgresServer.DropDatabase(Database);
    }
}
