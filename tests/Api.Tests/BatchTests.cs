using System.Net;
using System.Text.Json;
using Exchange.Api.Orders;
using Exchange.Api.Tests.Fakes;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class BatchTests(ApiHost host)
{
    private const string Orders = "/api/v1/orders";
    private const string Good = """{"market":"BTC_USDT","side":"buy","price":"1","quantity":"1"}""";

    [Fact]
    public async Task Each_order_has_its_own_outcome_in_the_order_of_the_request()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => order.Quantity > 5
            ? new PlaceReply(Reason.InsufficientBalance, null, [], 6, 5)
            : new PlaceReply(Reason.None, FakePortfolio.Accepted(order), [], 0, 0);

        var answer = await caller.Post(
            Orders, $$"""[{{Good}},{"market":"BTC_USDT","side":"buy","price":"1","quantity":"6"},{"market":"NOPE","side":"buy"}]""");

        var outcomes = Wire.Read<PlaceOutcome[]>(WithNulls(answer.Body));
        Assert.Equal(("BTC_USDT", null), (outcomes[0].Order!.Symbol, outcomes[0].Error));
        Assert.Equal((null, "INSUFFICIENT_BALANCE", "6"), (outcomes[1].Order, outcomes[1].Error!.Code, outcomes[1].Error!.Details!["required"]));
        Assert.Equal("UNKNOWN_SYMBOL", outcomes[2].Error!.Code);
    }

    [Theory]
    [InlineData("{}", 400, "MALFORMED_JSON")]
    [InlineData("[1]", 400, "MALFORMED_JSON")]
    [InlineData("[[]]", 400, "MALFORMED_JSON")]
    [InlineData("[", 400, "MALFORMED_JSON")]
    [InlineData("[]x", 400, "MALFORMED_JSON")]
    [InlineData("[{}]", 400, "MISSING_FIELD")]
    [InlineData("""[{"market":"BTC_USDT","side":"buy","userId":"1"}]""", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("""[{"market":"BTC_USDT","side":"buy"},{"market":"BTC_USDT","side":"buy","x":1}]""", 400, "UNKNOWN_FIELD")]
    public async Task A_bad_batch_is_refused_as_a_whole(string body, int status, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Post(Orders, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task A_batch_has_ten_orders_at_most(int count, bool good)
    {
        var caller = host.Caller();

        var answer = await caller.Post(Orders, $"[{string.Join(',', Enumerable.Repeat(Good, count))}]");

        Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(good ? count : 0, caller.Portfolio.Calls.Count);
    }

    [Fact]
    public async Task The_refusal_of_a_batch_names_the_order()
    {
        var answer = await host.Caller().Post(Orders, $$"""[{{Good}},{"side":"buy"}]""");
        Assert.Equal("1", JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetProperty("details").GetProperty("index").GetString());
    }

    /// <summary>The strict reader wants every field of the documented shape; an outcome has only one of its two.</summary>
    private static string WithNulls(string body)
    {
        var outcomes = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsArray();
        foreach (var outcome in outcomes)
        {
            outcome!.AsObject().TryAdd("order", null);
            outcome.AsObject().TryAdd("error", null);
            if (outcome["error"] is { } error)
                error.AsObject().TryAdd("details", null);
        }
        return outcomes.ToJsonString();
    }
}
