using System.Net.Http.Json;
using Exchange.Bench.Harness;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>An exchange as a user has it: the real executable on a data folder, which can be killed and started again.</summary>
internal sealed class RunningExchange : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;
    private SiloProcess? _silo;

    private RunningExchange(string[] arguments) => _arguments = arguments;

    public HttpClient Client { get; private set; } = new();
    public string DataFolder => _folder.Data;

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
        _silo = SiloProcess.Start(SiloBuild.Locate(), DataFolder, _arguments);
        await _silo.WaitUntilReadyAsync(Patience);
        Client.Dispose();
        Client = new HttpClient { BaseAddress = _silo.Address, Timeout = Patience };
    }

    public Task KillAsync() => Silo.KillAsync();

    public Task<int> StopAsync(TimeSpan patience) => Silo.StopAsync(patience);

    private SiloProcess Silo => _silo ?? throw new InvalidOperationException("The exchange was never started.");

    public async Task<Depth> DepthAsync(string symbol) =>
        await Client.GetFromJsonAsync<Depth>($"/api/v1/depth?symbol={symbol}", Wire.Json)
            ?? throw new InvalidDataException("No depth.");

    /// <summary>Waits for the venue's depth where there is one.</summary>
    public async Task<decimal> MiddleAsync(string symbol)
    {
        Depth depth = new([], []);
        await Eventually.HoldsAsync(async () =>
        {
            depth = await DepthAsync(symbol);
            Assert.NotEmpty(depth.Bids);
            Assert.NotEmpty(depth.Asks);
        });
        return (depth.Bids[0][0] + depth.Asks[0][0]) / 2;
    }

    public void Dispose()
    {
        _silo?.Dispose();
        Client.Dispose();
        _folder.Dispose();
    }
}
