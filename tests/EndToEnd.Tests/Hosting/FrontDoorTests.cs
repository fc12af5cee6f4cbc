using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Hosting;

/// <summary>A silo, and a process beside it that serves the same exchange without grains of its own.</summary>
[Trait("Engine", "Orleans")]
public sealed class FrontDoorTests
{
    private const string Admin = "ann@example.com";
    private const int StorageUnavailable = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Secrets =
        ["--Auth:JwtSecret=0123456789012345678901234567890123456789", "--Auth:ApiKeyMasterKey=a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U=",
         $"--Auth:AdminEmails:0={Admin}"];

    [PostgresFact]
    public async Task What_is_done_at_the_front_door_is_done_in_the_exchange()
    {
        var gateway = Ports.Free();
        using var exchange = await RunningExchange.StartAsync([.. Secrets, "--Storage:IsShared=true", $"--Orleans:GatewayPort={gateway}"]);
        using var folder = new TemporaryFolder();
        using var door = StartDoor(folder, exchange.Database!, gateway);
        await door.WaitUntilReadyAsync(Patience);
        using var client = new HttpClient { BaseAddress = door.Address, Timeout = Patience };

        var token = (await PostAsync(client, "/api/v1/user/signup", new { email = Admin })).GetProperty("token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await PostAsync(client, "/api/v1/onramp", new { asset = "TATA", amount = "10" });
        using var stream = await SubscribeAsync(door.Address, token, "depth@TATA_INR", "user");
        var placed = await PostAsync(
            client, "/api/v1/order",
            new { market = "TATA_INR", side = "sell", type = "limit", price = "100", quantity = "4", clientOrderId = "ask" });
        Assert.Equal("NEW", placed.GetProperty("status").GetString());

        await ReceiveAsync(stream, text => text.Contains("\"ask\"", StringComparison.Ordinal));
        await ReceiveAsync(stream, text => text.Contains("[\"100\",\"4\"]", StringComparison.Ordinal));
        Assert.Equal(100m, (await exchange.DepthAsync("TATA_INR")).Asks[0][0]);
        exchange.Client.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        var open = await exchange.Client.GetFromJsonAsync<JsonElement>("/api/v1/openOrders");
        Assert.Equal("ask", Assert.Single(open.EnumerateArray()).GetProperty("clientOrderId").GetString());
        var history = await client.GetFromJsonAsync<JsonElement>("/api/v1/orders");
        Assert.Contains("ask", history.ToString(), StringComparison.Ordinal);

        var stopped = await PostAsync(client, "/api/admin/workers/emergency-stop", new { reason = "fire" });
        Assert.Equal((2, 0), (stopped.GetProperty("silos").GetInt32(), stopped.GetProperty("silentSilos").GetInt32()));
        foreach (var side in new[] { client, exchange.Client })
        {
            using var refused = await side.PostAsJsonAsync(
                "/api/v1/order", new { market = "TATA_INR", side = "sell", type = "limit", price = "100", quantity = "1" });
            Assert.Contains("MARKET_HALTED", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [PostgresFact]
    public async Task Without_a_silo_it_lives_and_is_not_ready_and_goes_on_when_one_is_back()
    {
        var gateway = Ports.Free();
        using var exchange = await RunningExchange.StartAsync([.. Secrets, "--Storage:IsShared=true", $"--Orleans:GatewayPort={gateway}"]);
        using var folder = new TemporaryFolder();
        using var door = StartDoor(folder, exchange.Database!, gateway);
        await door.WaitUntilReadyAsync(Patience);
        using var client = new HttpClient { BaseAddress = door.Address, Timeout = Patience };

        await exchange.KillAsync();
        await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        using (var refused = await client.PostAsJsonAsync("/api/v1/user/signup", new { email = "bob@example.com" }))
            Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout });

        await exchange.StartAgainAsync();
        await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode));
        await Eventually.HoldsAsync(async () =>
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/user/signup", new { email = "bob@example.com" })).StatusCode));
    }

    [PostgresFact]
    public async Task A_database_that_no_silo_has_prepared_is_left_as_it_is()
    {
        var database = PostgresServer.CreateDatabase()!;
        using var folder = new TemporaryFolder();
        try
        {
            using var door = StartDoor(folder, database, Ports.Free());

            Assert.Equal(StorageUnavailable, await door.WaitForExitAsync(Patience));
            Assert.Contains("Start a silo first", await door.OutputAsync(), StringComparison.Ordinal);
        }
        finally
        {
            PostgresServer.DropDatabase(database);
        }
    }

    private static SiloProcess StartDoor(TemporaryFolder folder, string database, int gateway) => SiloProcess.Start(
        SiloBuild.Locate(), folder.Data,
        [.. Secrets, "--Role=FrontDoor", $"--ConnectionStrings:Postgres={database}", $"--Orleans:GatewayPort={gateway}"]);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<ClientWebSocket> SubscribeAsync(Uri address, string token, params string[] streams)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { id = 1, method = "SUBSCRIBE", @params = streams }), WebSocketMessageType.Text, true,
            patience.Token);
        await ReceiveAsync(socket, text => text.Contains("\"id\":1", StringComparison.Ordinal));
        return socket;
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, Predicate<string> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (isWanted(Encoding.UTF8.GetString(buffer, 0, length)))
                return;
        }
    }
}
