using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>What people do, through the proxy: before front doors and two silos, or the one process of the Embedded engine.</summary>
public sealed class ProxyTests : IClassFixture<ProxyTests.Shared>
{
    private const string Ann = "ann@example.com";
    private const string Stop = "/api/admin/workers/emergency-stop";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LocalCluster _cluster;

    public ProxyTests(Shared shared) => _cluster = shared.Cluster!;

    [ClusterFact]
    public async Task One_signs_up_trades_and_hears_of_it_and_the_page_comes_whole()
    {
        var seller = await Trader.SignUpAsync(_cluster, "seller", ("TATA", 10));
        var buyer = await Trader.SignUpAsync(_cluster, "buyer", ("INR", 10_000));
        await using var stream = new ReconnectingStream(_cluster.Address, buyer);
        await seller.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100m, 10, "ask"));
        var bought = await buyer.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100m, 10, "bid"));

        Assert.Equal(("FILLED", 1_000m), (bought.Status, bought.ExecutedQuote));
        Assert.Equal(new Balance("TATA", 10, 0), await buyer.BalanceAsync("TATA"));
        await stream.HearsOfNewOrdersAsync(buyer, Patience);
        var page = await _cluster.Client.GetStringAsync("/trade/TATA_INR");
        Assert.Contains("/js/app.js", page, StringComparison.Ordinal);
        await _cluster.PassesAuditAsync();
    }

    [ClusterFact]
    public async Task An_operator_s_samples_arrive_one_by_one_and_a_stop_holds_in_every_process()
    {
        var ann = await Trader.SignUpAsync(_cluster, "ann");
        var user = await Trader.SignUpAsync(_cluster, "user", ("INR", 10_000));
        using var reading = new CancellationTokenSource(Patience);
        using var samples = await MonitorAsync(ann, reading.Token);
        Assert.StartsWith("data: {", await FirstDataAsync(samples, reading.Token), StringComparison.Ordinal);

        var stopped = await ann.SendAsync<JsonElement>(HttpMethod.Post, Stop, new { reason = "fire" });
        Assert.Equal(_cluster.Processes.Count(), stopped.GetProperty("silos").GetInt32());
        foreach (var process in _cluster.Processes)
            Assert.Equal("MARKET_HALTED", await RefusalOfAsync(process, user));

        await ann.SendAsync<JsonElement>(HttpMethod.Delete, Stop);
        foreach (var process in _cluster.Processes)
            Assert.Null(await RefusalOfAsync(process, user));
    }

    [ClusterFact]
    public async Task The_exchange_learns_who_asks_whatever_they_claim_and_figures_stay_inside()
    {
        var ann = await Trader.SignUpAsync(_cluster, "ann");
        using var elsewhere = new HttpClient(From(IPAddress.Parse("127.0.0.7"))) { BaseAddress = _cluster.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Stop) { Content = JsonContent.Create(new { reason = "drill" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ann.Token);
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await elsewhere.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await ann.SendAsync<JsonElement>(HttpMethod.Delete, Stop);

        var audit = await ann.SendAsync<JsonElement>(HttpMethod.Get, "/api/admin/audit");
        var drill = audit.GetProperty("entries").EnumerateArray().First(entry => entry.GetProperty("action").GetString() == "emergency stop");
        Assert.Equal("127.0.0.7", drill.GetProperty("address").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await _cluster.Client.GetAsync("/metrics")).StatusCode);
        foreach (var process in _cluster.Processes)
        {
            using var client = _cluster.ClientOf(process);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
        }
    }

    [ClusterFact]
    public async Task A_front_door_that_dies_is_left_out()
    {
        var user = await Trader.SignUpAsync(_cluster, "visitor", ("INR", 10_000));
        await using var stream = new ReconnectingStream(_cluster.Address, user);
        foreach (var door in _cluster.Doors)
        {
            await stream.HearsOfNewOrdersAsync(user, Patience);
            await _cluster.KillAsync(door);
            await stream.HearsOfNewOrdersAsync(user, Patience);
            await _cluster.StartAsync(door);
        }
    }

    private async Task<StreamReader> MonitorAsync(Trader ann, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/admin/workers/monitor/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ann.Token);
        var response = await _cluster.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
    }

    private static async Task<string?> FirstDataAsync(StreamReader samples, CancellationToken cancellation)
    {
        while (await samples.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        }

        return null;
    }

    /// <summary>Asked at that process's own address.</summary>
    private async Task<string?> RefusalOfAsync(string process, Trader user)
    {
        using var client = _cluster.ClientOf(process);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/order")
        {
            Content = JsonContent.Create(NewOrder.Limit("TATA_INR", "buy", 50m, 1, $"{Guid.NewGuid():N}"), options: Wire.Json),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? null : answer.GetProperty("error").GetProperty("code").GetString();
    }

    private static SocketsHttpHandler From(IPAddress source) => new()
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public sealed class Shared : IAsyncLifetime
    {
        internal LocalCluster? Cluster { get; private set; }

        public async Task InitializeAsync() =>
            Cluster = LocalCluster.Missing is null ? await LocalCluster.StartAsync(doors: 2, $"--Auth:AdminEmails:0={Ann}") : null;

        public Task DisposeAsync()
        {
            Cluster?.Dispose();
            return Task.CompletedTask;
        }
    }
}
