using System.Net;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class ResetTests(ApiHost host)
{
    [Fact]
    public async Task A_reset_that_is_done_says_when_the_next_may_begin()
    {
        var caller = host.Caller();
        caller.Portfolio.LastReset = new ResetReply(Reason.None, "", 10, 20, 30, 0, 0);

        var answer = await caller.Post("/api/v1/account/reset", """{"resetId":"mine"}""");

        Assert.Equal(
            """{"resetId":"mine","status":"DONE","startedAt":10,"finishedAt":20,"againAt":30,"openOrders":0,"openPositions":0}""", answer.Body);
        Assert.Equal(["reset mine"], caller.Portfolio.Calls);
    }

    [Fact]
    public async Task What_is_still_in_the_way_is_told()
    {
        var caller = host.Caller();
        caller.Portfolio.LastReset = new ResetReply(Reason.None, "mine", 10, 0, 30, 2, 1);

        Assert.Equal(
            """{"resetId":"mine","status":"PENDING","startedAt":10,"finishedAt":null,"againAt":30,"openOrders":2,"openPositions":1}""",
            (await caller.Get("/api/v1/account/reset")).Body);
    }

    [Fact]
    public async Task An_account_that_never_started_over_says_so() => Assert.Equal(
        """{"resetId":"","status":"NONE","startedAt":null,"finishedAt":null,"againAt":null,"openOrders":0,"openPositions":0}""",
        (await host.Caller().Get("/api/v1/account/reset")).Body);

    [Fact]
    public async Task Too_soon_is_a_conflict_that_says_when()
    {
        var caller = host.Caller();
        caller.Portfolio.LastReset = new ResetReply(Reason.ResetTooSoon, "before", 10, 20, 30, 0, 0);

        var answer = await caller.Post("/api/v1/account/reset", "{}");

        Assert.Equal((HttpStatusCode.Conflict, "RESET_TOO_SOON"), (answer.Status, answer.Code));
        Assert.Contains("\"againAt\":\"30\"", answer.Body);
    }
}
