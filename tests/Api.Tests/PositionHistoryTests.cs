using Exchange.Api.Positions;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class PositionHistoryTests(ApiHost host)
{
    [Theory]
    [InlineData(CloseCause.User, "CLOSED", "USER")]
    [InlineData(CloseCause.StopLoss, "STOP_LOSS", "STOP_LOSS")]
    [InlineData(CloseCause.TakeProfit, "TAKE_PROFIT", "TAKE_PROFIT")]
    [InlineData(CloseCause.TrailingStop, "TRAILING_STOP", "TRAILING_STOP")]
    [InlineData(CloseCause.Liquidation, "LIQUIDATED", "LIQUIDATION")]
    [InlineData(CloseCause.Expiry, "EXPIRED", "EXPIRY")]
    [InlineData(CloseCause.Operator, "CLOSED", "OPERATOR")]
    public async Task A_closed_position_says_why(CloseCause cause, string status, string name)
    {
        var caller = host.Caller();
        host.History.Positions.Add(Row(caller.Account, 1) with { Cause = cause });

        var page = Wire.Read<PositionPage>((await caller.Get("/api/v1/positions/history")).Body);

        var position = Assert.Single(page.Positions);
        Assert.Equal((status, name, 238.31m, 238.4m), (position.Status, position.Cause, position.Level, position.ReachedPrice));
        Assert.Equal((5_445.0095m, 445.0095m, 9L), (position.TotalReturn, position.NetProfit, position.ClosedAt));
    }

    [Fact]
    public async Task History_comes_newest_first_page_by_page()
    {
        var caller = host.Caller();
        for (var id = 1; id <= 3; id++)
            host.History.Positions.Add(Row(caller.Account, id));

        var first = Wire.Read<PositionPage>((await caller.Get("/api/v1/positions/history?limit=2")).Body);
        var second = Wire.Read<PositionPage>((await caller.Get($"/api/v1/positions/history?limit=2&cursor={first.NextCursor}")).Body);

        Assert.Equal(["3", "2"], first.Positions.Select(position => position.PositionId));
        Assert.Equal("1", Assert.Single(second.Positions).PositionId);
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task One_position_is_found_open_or_closed_but_not_somebody_elses()
    {
        var caller = host.Caller();
        host.History.Positions.Add(Row(caller.Account, 11));
        host.History.Positions.Add(Row(caller.Account, 12) with { State = PositionState.Open, ClosedAtMs = 0 });
        host.History.Positions.Add(Row(caller.Account + 50_000, 13));

        Assert.Equal("LIQUIDATED", Wire.Read<PastPosition>((await caller.Get("/api/v1/position?positionId=11")).Body).Status);
        var open = Wire.Read<PastPosition>((await caller.Get("/api/v1/position?positionId=12")).Body);
        Assert.Equal(("OPEN", null, null, null), (open.Status, open.Cause, open.NetProfit, open.ClosedAt));
        Assert.Equal("UNKNOWN_POSITION", (await caller.Get("/api/v1/position?positionId=13")).Code);
        Assert.Equal("MISSING_FIELD", (await caller.Get("/api/v1/position")).Code);
    }

    [Fact]
    public async Task Changes_and_closes_carry_the_callers_own_id()
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/position/levels", """{"positionId":"7","stopLoss":"90","clientRequestId":"a"}""");
        await caller.Post("/api/v1/position/close", """{"positionId":"7","quantity":"0.5","clientRequestId":"b"}""");

        Assert.Equal(
            [
                new ChangePositionRequest(7, new PositionLevelsRequest(90, 0, 0, 0, 0), "a"),
                new ClosePositionRequest(7, 0.5m, "b"),
            ],
            caller.Portfolio.Calls);
    }

    private static PositionRow Row(long account, long id) => new(
        id, account, "BTC_USDT", "USDT", "p-1", PositionSide.Short, 1_000, 2_119.093m, 235.95m, 5_000, 0, 0, 238.3095m, PositionState.Closed,
        CloseCause.Liquidation, 238.31m, 238.4m, 2_119.093m, 235.74m, 445.0095m, 0, 0, 0, 5_445.0095m, 3, 9);
}
