using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

/// <summary>On a market of users alone, whose prices a maker sets: everything is exact.</summary>
public sealed class PositionTests : IAsyncLifetime
{
    private const string Tata = "TATA_INR";

    private RunningExchange _exchange = null!;
    private Trader _maker = null!;
    private Trader _holder = null!;
    private int _quotes;

    public async Task InitializeAsync()
    {
        _exchange = await RunningExchange.StartAsync();
        _maker = await Trader.SignUpAsync(_exchange, "maker", ("TATA", 1_000), ("INR", 100_000));
        _holder = await Trader.SignUpAsync(_exchange, "holder", ("INR", 10_000), ("USDC", 1_000));
        await Quote(bid: 99.50m, ask: 100);
    }

    public Task DisposeAsync()
    {
        _exchange.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_stop_loss_closes_once_is_told_once_and_says_why_also_after_a_crash()
    {
        var id = await Open(new { market = Tata, direction = "LONG", margin = "1000", leverage = "1", stopLoss = "95" });

        await Quote(bid: 94, ask: 94.50m);

        var closed = default(JsonElement);
        await Eventually.HoldsAsync(async () => closed = Assert.Single(Items(await Get("/api/v1/positions/history"), "positions")));
        Assert.Equal(
            (id, "STOP_LOSS", "STOP_LOSS", "95", "94", "94", "-60", "940"),
            (Text(closed, "positionId"), Text(closed, "status"), Text(closed, "cause"), Text(closed, "level"), Text(closed, "reachedPrice"),
                Text(closed, "closePrice"), Text(closed, "netProfit"), Text(closed, "totalReturn")));
        Assert.Equal(closed.GetRawText(), (await Get($"/api/v1/position?positionId={id}")).GetRawText());
        await Told(id);

        await _exchange.KillAsync();
        await _exchange.StartAgainAsync();

        await Told(id);
        var statistics = Assert.Single((await Get("/api/v1/statistics")).EnumerateArray());
        Assert.Equal((1, 0, 1, "-60", "-60"), (
            statistics.GetProperty("count").GetInt32(), statistics.GetProperty("wins").GetInt32(), statistics.GetProperty("losses").GetInt32(),
            Text(statistics, "best"), Text(statistics, "worst")));
        var read = await Post("/api/v1/notifications/read", new { upToId = "1000" });
        Assert.Equal((1, 0), (read.GetProperty("marked").GetInt32(), read.GetProperty("unread").GetInt32()));
        Assert.Empty((await Get("/api/v1/positions")).EnumerateArray());
        await _exchange.StopAsync(TimeSpan.FromSeconds(30));
        await _exchange.PassesAuditAsync();
    }

    [Fact]
    public async Task What_is_wrong_with_a_position_has_a_stable_code_and_changes_nothing()
    {
        var stranger = await Trader.SignUpAsync(_exchange, "stranger", ("INR", 100));
        var id = await Open(new { market = Tata, direction = "LONG", margin = "1000", leverage = "1" });
        var before = await _holder.BalancesAsync();

        await Refused("INVALID_LEVERAGE", "/api/v1/position", new { market = "SOL_USDC", direction = "LONG", margin = "10", leverage = "0" });
        await Refused("INVALID_LEVERAGE", "/api/v1/position", new { market = "SOL_USDC", direction = "LONG", margin = "10", leverage = "1001" });
        await Refused(
            "INVALID_LEVERAGE", "/api/v1/engine",
            new { command = "CREATE_TRADE", asset = "SOL_USDC", direction = "LONG", margin = 10, leverage = 1001 });
        await Refused("STOP_LOSS_WRONG_SIDE", "/api/v1/position", new { market = Tata, direction = "LONG", margin = "1000", stopLoss = "101" });
        await Refused("TAKE_PROFIT_WRONG_SIDE", "/api/v1/position", new { market = Tata, direction = "LONG", margin = "1000", takeProfit = "99" });
        await Refused("STOP_LOSS_WRONG_SIDE", "/api/v1/position/levels", new { positionId = id, stopLoss = "101" });
        await Refused("INSUFFICIENT_BALANCE", "/api/v1/position", new { market = Tata, direction = "LONG", margin = "10001" });
        await Refused("INSUFFICIENT_BALANCE", "/api/v1/position/margin", new { positionId = id, amount = "9001" });
        await Refused("UNKNOWN_POSITION", "/api/v1/position/close", new { positionId = "77" });
        await Refused("UNKNOWN_POSITION", "/api/v1/position/close", new { positionId = id }, stranger);
        await Refused("UNKNOWN_POSITION", "/api/v1/position/levels", new { positionId = id, stopLoss = "90" }, stranger);
        await Refused("UNKNOWN_POSITION", "/api/v1/position/margin", new { positionId = id, amount = "1" }, stranger);
        await Refused("INVALID_QUANTITY", "/api/v1/position/close", new { positionId = id, quantity = "11" });

        Assert.Equal(before, await _holder.BalancesAsync());
        Assert.Equal(id, Text(Assert.Single((await Get("/api/v1/positions")).EnumerateArray()), "positionId"));
        Assert.Empty(Items(await Get("/api/v1/notifications"), "notifications"));
    }

    [Fact]
    public async Task A_position_that_is_closing_cannot_be_changed_and_one_that_closed_not_closed()
    {
        var id = await Open(new { market = Tata, direction = "LONG", margin = "1000", leverage = "1", stopLoss = "95" });

        await Quote(bid: 94, ask: 100, lots: 1);

        await Eventually.HoldsAsync(async () =>
            Assert.Equal("CLOSING", Text(Assert.Single((await Get("/api/v1/positions")).EnumerateArray()), "state")));
        await Refused("POSITION_CLOSING", "/api/v1/position/levels", new { positionId = id, stopLoss = "90" });
        await Refused("POSITION_CLOSING", "/api/v1/position/close", new { positionId = id });
        await Refused("POSITION_CLOSING", "/api/v1/position/margin", new { positionId = id, amount = "10" });
        Assert.Equal(("CLOSING", "STOP_LOSS"), (
            Text(await Get($"/api/v1/position?positionId={id}"), "status"), Text(await Get($"/api/v1/position?positionId={id}"), "cause")));

        await Quote(bid: 93, ask: 100);

        await Eventually.HoldsAsync(async () => Assert.Equal("STOP_LOSS", Text(await Get($"/api/v1/position?positionId={id}"), "status")));
        await Refused("POSITION_ALREADY_CLOSED", "/api/v1/position/close", new { positionId = id });
        await Refused("POSITION_ALREADY_CLOSED", "/api/v1/position/levels", new { positionId = id, stopLoss = "90" });
    }

    [Fact]
    public async Task The_same_request_again_has_the_same_answer()
    {
        var body = new { market = Tata, direction = "LONG", margin = "1000", leverage = "1", clientPositionId = "mine" };
        var id = await Open(body);
        Assert.Equal(id, await Open(body));

        var part = await Post("/api/v1/position/close", new { positionId = id, quantity = "4", clientRequestId = "part" });
        var again = await Post("/api/v1/position/close", new { positionId = id, quantity = "4", clientRequestId = "part" });
        await Refused("DUPLICATE_REQUEST", "/api/v1/position/close", new { positionId = id, quantity = "5", clientRequestId = "part" });
        var all = await Post("/api/v1/position/close", new { positionId = id, clientRequestId = "all" });
        var allAgain = await Post("/api/v1/position/close", new { positionId = id, clientRequestId = "all" });

        Assert.Equal(part.GetProperty("exit").GetRawText(), again.GetProperty("exit").GetRawText());
        Assert.Equal(all.GetProperty("exit").GetRawText(), allAgain.GetProperty("exit").GetRawText());
        Assert.Equal(("4", "6"), (Text(part.GetProperty("exit"), "quantity"), Text(all.GetProperty("exit"), "quantity")));
        Assert.Equal("CLOSED", Text(await Get($"/api/v1/position?positionId={id}"), "status"));
    }

    [Fact]
    public async Task One_that_was_asked_for_at_a_price_opens_there_once_also_after_a_crash()
    {
        var body = new
        {
            market = Tata,
            direction = "LONG",
            margin = "1000",
            leverage = "1",
            triggerPrice = "110",
            stopLoss = "105",
            clientPositionId = "later",
        };
        var id = await Open(body);
        Assert.Equal(id, await Open(body));
        await Refused("WOULD_TRIGGER_IMMEDIATELY", "/api/v1/position", new { market = Tata, direction = "LONG", margin = "1", triggerPrice = "100" });
        await Refused(
            "STOP_LOSS_WRONG_SIDE", "/api/v1/position",
            new { market = Tata, direction = "LONG", margin = "1000", triggerPrice = "110", stopLoss = "110" });
        await Refused("POSITION_WAITING", "/api/v1/position/close", new { positionId = id });
        var stranger = await Trader.SignUpAsync(_exchange, "stranger", ("INR", 100));
        await RefusedDelete("UNKNOWN_POSITION", id, stranger);
        var waiting = Assert.Single((await Get("/api/v1/triggers")).EnumerateArray());
        Assert.Equal(("ENTRY", id, "110", "RISING", "ASK"), (
            Text(waiting, "kind"), Text(waiting, "positionId"), Text(waiting, "triggerPrice"), Text(waiting, "direction"), Text(waiting, "watches")));
        var back = await Open(new { market = Tata, direction = "SHORT", margin = "1000", leverage = "1", triggerPrice = "90" });
        await _holder.SendAsync<JsonElement>(HttpMethod.Delete, $"/api/v1/position?positionId={back}");
        await RefusedDelete("ENTRY_ALREADY_DONE", back);

        await _exchange.KillAsync();
        await _exchange.StartAgainAsync();
        await Quote(bid: 109, ask: 110);

        await Eventually.HoldsAsync(async () => Assert.Equal("OPEN", Text(await Get($"/api/v1/position?positionId={id}"), "status")));
        await RefusedDelete("POSITION_ALREADY_OPEN", id);
        await Eventually.HoldsAsync(async () =>
        {
            var told = Assert.Single(Items(await Get("/api/v1/notifications"), "notifications"));
            Assert.Equal(("POSITION_OPENED", id, "110"), (
                Text(told, "kind"), Text(told.GetProperty("data"), "positionId"), Text(told.GetProperty("data"), "reachedPrice")));
        });
        var executed = Assert.Single(Items(await Get("/api/v1/triggers/executed"), "positions"));
        Assert.Equal((id, "OPENED"), (Text(executed, "positionId"), Text(executed, "status")));
        Assert.Equal(id, await Open(body));
        await Post("/api/v1/position/close", new { positionId = id });
        await _exchange.StopAsync(TimeSpan.FromSeconds(30));
        await _exchange.PassesAuditAsync();
    }

    /// <summary>The documented examples of the engine dialect, one after the other.</summary>
    [Fact]
    public async Task The_engine_speaks_as_it_is_documented()
    {
        await _exchange.MiddleAsync("SOL_USDC");
        var price = await _exchange.Client.GetStringAsync("/api/v1/price?asset=SOL_USDC");
        var scaled = JsonDocument.Parse(price).RootElement;
        Assert.Equal(("SOL_USDC", 6), (Text(scaled, "asset"), scaled.GetProperty("decimal").GetInt32()));
        Assert.InRange(long.Parse(Text(scaled, "price"), System.Globalization.CultureInfo.InvariantCulture), 1_000_000, 10_000_000_000);
        var assets = JsonDocument.Parse(await _exchange.Client.GetStringAsync("/api/v1/supportedAssets")).RootElement;
        Assert.Equal(["BTC_USDC", "ETH_USDC", "SOL_USDC"], assets.EnumerateArray().Select(asset => asset.GetString()).Order());

        var user = await Trader.SignUpAsync(_exchange, "user123");
        var created = await Command(user, new { command = "CREATE_ACCOUNT" });
        Assert.Equal((user.Email, 5_000m), (Text(created, "email"), created.GetProperty("initialUsdBalance").GetDecimal()));
        Assert.Equal(5_000m, (await Command(user, new { command = "GET_USD_BALANCE" })).GetProperty("usdBalance").GetDecimal());

        var trade = await Command(user, new { command = "CREATE_TRADE", asset = "SOL_USDC", direction = "LONG", margin = 1000, leverage = 50 });
        Assert.Equal((1_000m, 5m), (trade.GetProperty("margin").GetDecimal(), trade.GetProperty("leverage").GetDecimal()));
        Assert.True(trade.GetProperty("entryPrice").GetDecimal() > trade.GetProperty("liquidationPrice").GetDecimal());
        Assert.StartsWith("trade_", Text(trade, "tradeId"), StringComparison.Ordinal);
        var balances = (await Command(user, new { command = "GET_BALANCE" })).GetProperty("balances");
        Assert.Equal(4_000m, balances.GetProperty("USD").GetDecimal());
        Assert.True(balances.GetProperty("SOL_USDC").GetDecimal() > 0);

        var closed = await Command(user, new { command = "CLOSE_TRADE", tradeId = Text(trade, "tradeId") });
        Assert.Equal(("SOL_USDC", 1_000m), (Text(closed, "asset"), closed.GetProperty("marginReturned").GetDecimal()));
        Assert.Equal(1_000m + closed.GetProperty("pnl").GetDecimal(), closed.GetProperty("totalReturn").GetDecimal());
        Assert.True(closed.GetProperty("closePrice").GetDecimal() > 0);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            user.SendAsync<JsonElement>(HttpMethod.Post, "/api/v1/engine", new { command = "CLOSE_TRADE", tradeId = Text(trade, "tradeId") }));
        Assert.Contains("\"success\":false", refused.Message, StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () =>
        {
            var commands = Items(await user.SendAsync<JsonElement>(HttpMethod.Get, "/api/v1/engine/commands"), "commands").ToList();
            Assert.Equal(
                ["CLOSE_TRADE ERROR", "CLOSE_TRADE SUCCESS", "GET_BALANCE SUCCESS", "CREATE_TRADE SUCCESS", "GET_USD_BALANCE SUCCESS",
                 "CREATE_ACCOUNT SUCCESS"],
                commands.Select(command => $"{Text(command, "command")} {Text(command, "status")}"));
            Assert.Equal(("SOL_USDC", "LONG", 1_000m, 50, Text(trade, "tradeId")), (
                Text(commands[3], "asset"), Text(commands[3], "direction"), commands[3].GetProperty("amount").GetDecimal(),
                commands[3].GetProperty("leverage").GetInt32(), Text(commands[3], "tradeId")));
            Assert.All(commands, command => Assert.True(command.GetProperty("latencyMs").GetDouble() > 0));
        });
    }

    private static async Task<JsonElement> Command(Trader user, object command)
    {
        var answer = await user.SendAsync<JsonElement>(HttpMethod.Post, "/api/v1/engine", command);
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.True(Guid.TryParse(Text(answer, "orderId"), out _));
        Assert.True(answer.GetProperty("latency").GetInt64() >= 0);
        var response = answer.GetProperty("engineResponse");
        Assert.Equal("success", Text(response, "status"));
        Assert.NotEmpty(Text(response, "message"));
        return response.GetProperty("data");
    }

    /// <summary>The maker's quotes before these are gone.</summary>
    private async Task Quote(decimal bid, decimal ask, decimal lots = 100)
    {
        var number = ++_quotes;
        await _maker.CancelAllAsync();
        await _maker.PlaceAsync(NewOrder.Limit(Tata, "buy", bid, lots, $"bid-{number}"));
        await _maker.PlaceAsync(NewOrder.Limit(Tata, "sell", ask, 100, $"ask-{number}"));
    }

    private async Task Told(string id) => await Eventually.HoldsAsync(async () =>
    {
        var page = await Get("/api/v1/notifications");
        var told = Assert.Single(Items(page, "notifications"));
        Assert.Equal(("POSITION_STOP_LOSS", id, "95", 1), (
            Text(told, "kind"), Text(told.GetProperty("data"), "positionId"), Text(told.GetProperty("data"), "level"),
            page.GetProperty("unread").GetInt32()));
    });

    private async Task<string> Open(object body) => Text(await Post("/api/v1/position", body), "positionId");

    private Task<JsonElement> Get(string path) => _holder.SendAsync<JsonElement>(HttpMethod.Get, path);

    private Task<JsonElement> Post(string path, object body) => _holder.SendAsync<JsonElement>(HttpMethod.Post, path, body);

    private async Task Refused(string code, string path, object body, Trader? by = null)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => (by ?? _holder).SendAsync<JsonElement>(HttpMethod.Post, path, body));
        Assert.Contains($"\"{code}\"", refused.Message, StringComparison.Ordinal);
    }

    private async Task RefusedDelete(string code, string positionId, Trader? by = null)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            (by ?? _holder).SendAsync<JsonElement>(HttpMethod.Delete, $"/api/v1/position?positionId={positionId}"));
        Assert.Contains($"\"{code}\"", refused.Message, StringComparison.Ordinal);
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement page, string name) => page.GetProperty(name).EnumerateArray();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
