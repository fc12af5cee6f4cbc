using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Exchange.Bench.Orders;

namespace Exchange.Bench.Harness;

/// <summary>A silo in a process of its own, on a data folder and port of its own. Its output goes to a file beside the data.</summary>
public sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _output;

    private SiloProcess(Process process, Uri address, string logPath)
    {
        _process = process;
        Address = address;
        LogPath = logPath;
        StartedAt = Stopwatch.GetTimestamp();
        _output = CopyOutputAsync();
    }

    public Uri Address { get; }
    public string LogPath { get; }
    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;

    /// <summary>A <see cref="Stopwatch"/> timestamp.</summary>
    public long StartedAt { get; }

    public static SiloProcess Start(string assembly, string dataFolder, params IEnumerable<string> arguments)
    {
        var (port, siloPort, gatewayPort) = FreePorts();
        var address = new Uri($"http://127.0.0.1:{port}");
        string[] own =
        [
            assembly,
            "--urls", address.ToString(),
            "--data", dataFolder,
            "--Auth:DevelopmentMode=true",
            "--RateLimits:Scale=0",
            "--MarketMaker:Enabled=false",
            $"--Orleans:SiloPort={siloPort}",
            $"--Orleans:GatewayPort={gatewayPort}",
        ];
        var start = new ProcessStartInfo(SiloBuild.DotnetPath, own.Concat(arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in LoadGenerator.OwnSocketSettings)
            start.Environment.Remove(setting);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The silo did not start.");
        return new SiloProcess(process, address, $"{dataFolder.TrimEnd('/')}.{address.Port}.log");
    }

    public async Task WaitUntilReadyAsync(TimeSpan patience)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var deadline = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        while (!await IsReadyAsync(client))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The silo ended with code {_process.ExitCode} before it was ready:\n{await OutputAsync()}");
            if (Stopwatch.GetTimestamp() > deadline)
                throw new TimeoutException($"The silo is not ready after {patience}; see {LogPath}.");
            await Task.Delay(10);
        }
    }

    /// <summary>SIGKILL: nothing in the silo gets to run any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, which asks for an orderly end; answers with the exit code.</summary>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
            LinuxProcess.Terminate(_process.Id);
        return await WaitForExitAsync(patience);
    }

    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        using var cancellation = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The silo still runs after {patience}; see {LogPath}.");
        }

        return _process.ExitCode;
    }

    /// <summary>Everything an ended silo wrote.</summary>
    public async Task<string> OutputAsync()
    {
        await _output;
        return await File.ReadAllTextAsync(LogPath);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static (int, int, int) FreePorts()
    {
        using TcpListener first = new(IPAddress.Loopback, 0), second = new(IPAddress.Loopback, 0), third = new(IPAddress.Loopback, 0);
        return (PortOf(first), PortOf(second), PortOf(third));
    }

    private static int PortOf(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CopyOutputAsync()
    {
        await using var log = TextWriter.Synchronized(new StreamWriter(LogPath, append: true) { AutoFlush = true });
        await Task.WhenAll(CopyAsync(_process.StandardOutput, log), CopyAsync(_process.StandardError, log));
    }

    private static async Task CopyAsync(StreamReader source, TextWriter log)
    {
        while (await source.ReadLineAsync() is { } line)
            await log.WriteLineAsync(line);
    }
}
