using System.Net;
using System.Text.Json;
using Exchange.Api.Engine;
using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class EngineTests(ApiHost host)
{
    [Fact]
    public async Task A_trade_is_a_position_and_leverage_comes_in_tenths()
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/engine", """
            {"command":"CREATE_TRADE","asset":"BTC_USDT","direction":"SHORT","margin":5000,"leverage":1000,"stopLossPrice":237.50}
            """);

        var asked = Assert.IsType<OpenPositionRequest>(Assert.Single(caller.Portfolio.Calls));
        Assert.Equal((PositionSide.Short, 5_000m, 1_000, 237.5m), (asked.Side, asked.Margin, asked.Leverage, asked.Levels.StopLoss));
        var root = JsonDocument.Parse(answer.Body).RootElement;
        Assert.True(root.GetProperty("success").GetBoolean());
        Assert.Equal(asked.ClientPositionId, root.GetProperty("orderId").GetString());
        Assert.True(root.GetProperty("latency").GetInt64() >= 0);
        var data = root.GetProperty("engineResponse").GetProperty("data");
        Assert.Equal("trade_4294967298", data.GetProperty("tradeId").GetString());
        Assert.Equal((235.95m, 238.3095m, 5_000m, 100m), (
            data.GetProperty("entryPrice").GetDecimal(), data.GetProperty("liquidationPrice").GetDecimal(),
            data.GetProperty("margin").GetDecimal(), data.GetProperty("leverage").GetDecimal()));
        Assert.False(data.TryGetProperty("pnl", out _));
        Assert.Contains(host.Commands.Recorded, entry => entry.Account == caller.Account && entry is { Kind: "CREATE_TRADE", Outcome: Reason.None });
    }

    [Fact]
    public async Task Whoever_cannot_be_answered_now_is_told_when_to_come_again()
    {
        var caller = host.Caller();
        caller.Portfolio.OnDeposit = _ => throw new StateUnavailableException("starting over");

        var answer = await caller.Post("/api/v1/engine", """{"command":"CREATE_ACCOUNT"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("UNAVAILABLE", JsonDocument.Parse(answer.Body).RootElement.GetProperty("code").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Closing_a_trade_tells_margin_profit_and_return()
    {
        var answer = await host.Caller().Post("/api/v1/engine", """{"command":"CLOSE_TRADE","tradeId":"trade_4294967298"}""");

        var data = JsonDocument.Parse(answer.Body).RootElement.GetProperty("engineResponse").GetProperty("data");
        Assert.Equal((5_000m, 445.0095m, 5_445.0095m, 235.74m), (
            data.GetProperty("marginReturned").GetDecimal(), data.GetProperty("pnl").GetDecimal(),
            data.GetProperty("totalReturn").GetDecimal(), data.GetProperty("closePrice").GetDecimal()));
    }

    [Fact]
    public async Task Creating_the_account_deposits_its_first_dollars_under_one_id()
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/engine", """{"command":"CREATE_ACCOUNT"}""");

        Assert.Equal(new DepositFunds("engine-initial-balance", "USDC", 5_000), Assert.Single(caller.Portfolio.Calls));
        Assert.Contains("\"initialUsdBalance\":5000", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balances_name_dollars_and_what_is_in_positions()
    {
        var caller = host.Caller();
        caller.Portfolio.Balances = [new BalanceView("USDC", 5_445.0095m, 1)];

        var usd = await caller.Post("/api/v1/engine", """{"command":"GET_USD_BALANCE"}""");
        var all = await caller.Post("/api/v1/engine", """{"command":"GET_BALANCE"}""");

        Assert.Contains("\"usdBalance\":5445.0095", usd.Body, StringComparison.Ordinal);
        Assert.Contains("\"balances\":{\"USD\":5445.0095,\"BTC_USDT\":2.5}", all.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"asset":"BTC_USDT"}""", "MISSING_FIELD", 400)]
    [InlineData("""{"command":"SELL_ALL"}""", "INVALID_FIELD", 400)]
    [InlineData("""{"command":"CREATE_TRADE","asset":"BTC_USDT","margin":1}""", "MISSING_FIELD", 400)]
    [InlineData("""{"command":"CREATE_TRADE","asset":"NO_SUCH","direction":"LONG","margin":1}""", "UNKNOWN_SYMBOL", 404)]
    [InlineData("""{"command":"CREATE_TRADE","asset":"BTC_USDT","direction":"LONG","margin":1,"leverage":0}""", "INVALID_LEVERAGE", 422)]
    [InlineData("""{"command":"CLOSE_TRADE","tradeId":"trade_x"}""", "UNKNOWN_POSITION", 404)]
    public async Task An_error_comes_in_the_same_envelope_with_a_stable_code(string body, string code, int status)
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/engine", body);

        var root = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal((HttpStatusCode)status, answer.Status);
        Assert.Equal((false, code, "error"), (
            root.GetProperty("success").GetBoolean(), root.GetProperty("code").GetString(),
            root.GetProperty("engineResponse").GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("engineResponse").GetProperty("data").ValueKind);
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("not json", "UNKNOWN", "MALFORMED_JSON")]
    [InlineData("{}", "UNKNOWN", "MISSING_FIELD")]
    [InlineData("""{"command":"SELL_ALL"}""", "UNKNOWN", "INVALID_FIELD")]
    [InlineData("""{"command":"CREATE_TRADE","asset":"BTC_USDT"}""", "CREATE_TRADE", "MISSING_FIELD")]
    public async Task What_was_not_understood_is_written_down_as_it_was_answered(string body, string command, string code)
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/engine", body);

        var entry = Assert.Single(host.Commands.Recorded, entry => entry.Account == caller.Account);
        var past = EngineCommandSubject.ToPast(new CommandRow(1, entry));
        Assert.Equal((command, "ERROR", code, null), (past.Command, past.Status, past.Code, past.Direction));
    }

    [Fact]
    public async Task A_missing_field_is_named()
    {
        var answer = await host.Caller().Post("/api/v1/engine", """{"command":"CLOSE_TRADE"}""");

        Assert.EndsWith("(tradeId)", JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_is_a_scaled_integer() => Assert.Equal(
        """{"asset":"BTC_USDT","price":"110000000","decimal":6}""", (await host.Stranger().Get("/api/v1/price?asset=BTC_USDT")).Body);

    [Fact]
    public async Task Supported_assets_are_those_that_trade_for_dollars() =>
        Assert.Equal("[]", (await host.Stranger().Get("/api/v1/supportedAssets")).Body);
}
