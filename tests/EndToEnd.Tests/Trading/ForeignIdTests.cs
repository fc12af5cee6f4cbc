using System.Net;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

/// <summary>Ids can be guessed: they count upwards. To everybody but their owner they are ids of nothing.</summary>
public sealed class ForeignIdTests
{
    private const string Order = "/api/v1/order";
    private const string Pair = "/api/v1/order/oco";

    [Fact]
    public async Task What_is_anothers_is_unknown_and_stays_as_it_was()
    {
        using var exchange = await RunningExchange.StartAsync();
        var owner = await Trader.SignUpAsync(exchange, "owner", ("INR", 10_000), ("TATA", 20));
        var other = await Trader.SignUpAsync(exchange, "other", ("INR", 10_000), ("TATA", 20));
        var order = await owner.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 99, 5, "mine"));
        var pair = await owner.PlacePairAsync(new NewPair(
            "TATA_INR", "sell", 10, "both", "LIMIT_MAKER", "STOP_LOSS", AbovePrice: 110m, BelowStopPrice: 90m));
        var key = await owner.SendAsync<JsonElement>(HttpMethod.Post, "/api/v1/keys", new { permissions = "read" });
        var session = (await owner.SendAsync<JsonElement>(HttpMethod.Get, "/api/v1/user/sessions"))[0].GetProperty("sessionId").GetString();

        foreach (var id in new[] { order.OrderId, pair.Orders[0].OrderId, pair.Orders[1].OrderId })
        {
            await IsUnknown(other, "UNKNOWN_ORDER", HttpMethod.Get, $"{Order}?market=TATA_INR&orderId={id}");
            await IsUnknown(other, "UNKNOWN_ORDER", HttpMethod.Delete, Order, new { market = "TATA_INR", orderId = id });
        }

        await IsUnknown(other, "UNKNOWN_ORDER", HttpMethod.Get, $"{Order}?market=TATA_INR&clientOrderId=mine");
        await IsUnknown(other, "UNKNOWN_ORDER", HttpMethod.Delete, Order, new { market = "TATA_INR", clientOrderId = "mine" });
        await IsUnknown(other, "UNKNOWN_ORDER_LIST", HttpMethod.Get, $"{Pair}?orderListId={pair.OrderListId}");
        await IsUnknown(other, "UNKNOWN_ORDER_LIST", HttpMethod.Delete, $"{Pair}?market=TATA_INR&orderListId={pair.OrderListId}");
        await IsUnknown(other, "UNKNOWN_KEY", HttpMethod.Delete, "/api/v1/keys", new { apiKey = key.GetProperty("apiKey").GetString() });
        await IsUnknown(other, "UNKNOWN_SESSION", HttpMethod.Delete, "/api/v1/user/sessions", new { sessionId = session });
        Assert.Empty(await other.CancelAllAsync());
        Assert.Empty(await other.OpenOrdersAsync());
        Assert.Empty(await other.TriggersAsync());
        Assert.Equal(1, (await other.SendAsync<JsonElement>(HttpMethod.Get, "/api/v1/user/sessions")).GetArrayLength());

        Assert.Equal(
            new[] { (order.OrderId, "NEW"), (pair.Orders[0].OrderId, "NEW"), (pair.Orders[1].OrderId, "NEW") }.Order(),
            (await owner.OpenOrdersAsync()).Select(open => (open.OrderId, open.Status)).Order());
        Assert.Single((await owner.SendAsync<JsonElement>(HttpMethod.Get, "/api/v1/keys")).EnumerateArray());
    }

    private static async Task IsUnknown(Trader trader, string code, HttpMethod method, string path, object? body = null)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => trader.SendAsync<JsonElement>(method, path, body));
        Assert.Equal((HttpStatusCode.NotFound, code), (refused.Status, refused.Code));
    }
}
