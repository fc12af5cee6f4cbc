using System.Diagnostics;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>What deploy/local/cluster.sh starts: a database, silos and the proxy before them. One silo with the Embedded engine.</summary>
internal sealed class LocalCluster : IReachable, IDisposable
{
    private static readonly string Script = Path.Combine(SiloBuild.RepositoryRoot(), "deploy", "local", "cluster.sh");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly int _doors;
    private Dictionary<string, string> _settings = [];

    private LocalCluster(int doors) => _doors = doors;

    private static readonly bool UsesRedis = File.Exists(Path.Combine(Path.GetDirectoryName(SiloBuild.Locate())!, "Orleans.Clustering.Redis.dll"));

    /// <summary>What has to be installed before a cluster can be started, or null.</summary>
    public static string? Missing { get; } = FindMissing();

    public HttpClient Client { get; private set; } = new();
    public Uri Address => AddressOf("proxy");
    public IReadOnlyList<string> Silos { get; private set; } = [];

    /// <summary>With them the proxy asks no silo. Several processes are the Orleans engine's; with the Embedded one there are none.</summary>
    public IReadOnlyList<string> Doors { get; private set; } = [];

    public IEnumerable<string> Processes => Silos.Concat(Doors);

    public bool HasRedis => UsesRedis;

    public static Task<LocalCluster> StartAsync(params string[] settings) => StartAsync(doors: 0, settings);

    public static async Task<LocalCluster> StartAsync(int doors, params string[] settings)
    {
        var cluster = new LocalCluster(doors);
        try
        {
            await cluster.RunAsync(["up", "--RateLimits:Scale=0", "--MarketMaker:Enabled=false", .. settings]);
            cluster._settings = (await File.ReadAllLinesAsync(Path.Combine(cluster._folder.Path, "settings")))
                .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            cluster.Silos = cluster.Numbered("silo");
            cluster.Doors = cluster.Numbered("door");
            cluster.Client = cluster.ClientOf("proxy");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>At the address of that part itself.</summary>
    public HttpClient ClientOf(string part) => new() { BaseAddress = AddressOf(part), Timeout = Patience };

    public Task StartAsync(string part) => RunAsync("start", part);

    public Task KillAsync(string part) => RunAsync("kill", part);

    public Task StopAsync(string part) => RunAsync("stop", part);

    /// <summary>Each silo ends in order, and is ready again before the next one does.</summary>
    public Task RollAsync() => RunAsync("roll");

    public async Task PassesAuditAsync()
    {
        var (code, output) = await TryAsync("audit");
        Assert.True(code == 0, output);
    }

    public void Dispose()
    {
        Client.Dispose();
        TryAsync("down").GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private string[] Numbered(string part) => [.. Enumerable.Range(1, int.Parse(_settings[part + "s"])).Select(n => $"{part}{n}")];

    private Uri AddressOf(string part) => new($"http://127.0.0.1:{_settings[part + "_port"]}");

    private async Task RunAsync(params string[] words)
    {
        var (code, output) = await TryAsync(words);
        Assert.True(code == 0, $"cluster.sh {string.Join(' ', words)}: {output}{Logs()}");
    }

    private async Task<(int Code, string Output)> TryAsync(params string[] words)
    {
        var start = new ProcessStartInfo("bash", [Script, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EXCHANGE_CLUSTER"] = _folder.Path;
        start.Environment["EXCHANGE_DOORS"] = $"{_doors}";
        start.Environment["EXCHANGE_SILO"] = SiloBuild.Locate();
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, await output + await errors);
    }

    private string Logs() => string.Concat(Directory.EnumerateFiles(_folder.Path, "*.log")
        .Select(log => $"\n{Path.GetFileName(log)}:\n{string.Join('\n', File.ReadLines(log).TakeLast(20))}"));

    private static string? FindMissing()
    {
        if (!IsInstalled("haproxy"))
            return "HAProxy";
        if (UsesRedis && !IsInstalled("redis-server"))
            return "Redis";
        return Directory.Exists("/usr/lib/postgresql") ? null : "PostgreSQL";
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));
}
