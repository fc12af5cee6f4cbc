using System.Net;
using Exchange.Api.Positions;
using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Position = Exchange.Api.Positions.Position;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class PositionTests(ApiHost host)
{
    [Fact]
    public async Task Opening_asks_the_portfolio_for_exactly_this()
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/position", """
            {"market":"btc_usdt","direction":"short","margin":"5000","leverage":"100","stopLoss":"237.50","trailBps":150,"clientPositionId":"mine"}
            """);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            new OpenPositionRequest("mine", "BTC_USDT", PositionSide.Short, 5_000, 1_000, new PositionLevelsRequest(237.5m, 0, 0, 150, 0)),
            Assert.Single(caller.Portfolio.Calls));
        var position = Wire.Read<PositionResult>(answer.Body).Position!;
        Assert.Equal(
            ("4294967298", "SHORT", "OPEN", 238.3095m), (position.PositionId, position.Direction, position.State, position.LiquidationPrice));
        Assert.Null(position.TakeProfit);
    }

    [Fact]
    public async Task Closing_tells_what_it_came_to()
    {
        var answer = await host.Caller().Post("/api/v1/position/close", """{"positionId":"4294967298"}""");

        var result = Wire.Read<PositionResult>(answer.Body);
        Assert.Null(result.Position);
        Assert.Equal((445.0095m, 5_445.0095m, true), (result.Exit!.Profit, result.Exit.TotalReturn, result.Exit.IsClosed));
    }

    [Fact]
    public async Task Positions_and_statistics_are_read_from_the_portfolio()
    {
        var caller = host.Caller();

        var position = Assert.Single(Wire.Read<Position[]>((await caller.Get("/api/v1/positions")).Body));
        var statistics = Assert.Single(Wire.Read<Statistics[]>((await caller.Get("/api/v1/statistics")).Body));

        Assert.Equal((2.5m, -1.25m), (position.Quantity, position.UnrealisedProfit));
        Assert.Equal(("USDT", 3, 2, 1, 20m, -7.5m, 5_000m), (
            statistics.Asset, statistics.Count, statistics.Wins, statistics.Losses, statistics.Best, statistics.Worst, statistics.InPositions));
    }

    [Theory]
    [InlineData("""{"direction":"LONG","margin":"1"}""", "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","margin":"1"}""", "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG"}""", "MISSING_FIELD")]
    [InlineData("""{"market":"NO_SUCH","direction":"LONG","margin":"1"}""", "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"BTC_USDT","direction":"UP","margin":"1"}""", "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"-1"}""", "INVALID_AMOUNT")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","leverage":"0"}""", "INVALID_LEVERAGE")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","leverage":"1.05"}""", "INVALID_LEVERAGE")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","trailBps":0}""", "INVALID_TRAILING")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","size":"1"}""", "UNKNOWN_FIELD")]
    public async Task What_is_not_a_position_reaches_no_portfolio(string body, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/position", body);

        Assert.Equal(code, answer.Code);
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code()
    {
        var caller = host.Caller();
        caller.Portfolio.OnClose = close => new PositionAnswer(Reason.PositionAlreadyClosed, 0, "", null, null);

        var answer = await caller.Post("/api/v1/position/close", """{"positionId":"7"}""");

        Assert.Equal((HttpStatusCode.Conflict, "POSITION_ALREADY_CLOSED"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Closing_more_than_is_open_is_told_as_that()
    {
        var caller = host.Caller();
        caller.Portfolio.OnClose = close => new PositionAnswer(Reason.InvalidQuantity, 7, "BTC_USDT", null, null);

        var answer = await caller.Post("/api/v1/position/close", """{"positionId":"7","quantity":"100"}""");

        Assert.Equal("INVALID_QUANTITY", answer.Code);
        Assert.Contains("not more than what is open", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_have_no_positions() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().Get("/api/v1/positions")).Status);
}
