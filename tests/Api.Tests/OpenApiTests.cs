using System.Text;
using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Orders;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class OpenApiTests(ApiHost host)
{
    private static readonly string[] Routes =
    [
        "get /health", "get /health/live", "get /health/ready",
        "get /api/v1/time", "get /api/v1/exchangeInfo", "get /api/v1/markets", "get /api/v1/depth", "get /api/v1/trades",
        "get /api/v1/klines", "get /api/v1/tickers", "get /api/v1/ticker/24hr",
        "get /api/v1/user/signin/post", "post /api/v1/user/signin", "post /api/v1/user/password", "post /api/v1/user/signout",
        "get /api/v1/user/sessions", "delete /api/v1/user/sessions", "post /api/v1/keys", "get /api/v1/keys", "delete /api/v1/keys",
        "get /api/admin/audit", "get /api/admin/feeds", "get /api/admin/symbols",
        "post /api/admin/symbols/{symbol}/activate", "post /api/admin/symbols/{symbol}/deactivate", "post /api/admin/symbols/{symbol}/halt",
        "post /api/admin/symbols/{symbol}/resume", "post /api/admin/symbols/{symbol}/delist",
        "get /api/admin/users", "get /api/admin/users/{userId}", "post /api/admin/users/{userId}/freeze", "post /api/admin/users/{userId}/unfreeze",
        "post /api/admin/users/{userId}/adjust", "get /api/admin/market-makers", "post /api/admin/market-makers/{symbol}",
        "get /api/admin/workers/health", "get /api/admin/workers/stats", "get /api/admin/workers/queues", "get /api/admin/workers/prices",
        "get /api/admin/workers/closures", "post /api/admin/workers/restart", "post /api/admin/workers/shutdown",
        "post /api/admin/workers/emergency-stop", "delete /api/admin/workers/emergency-stop", "get /api/admin/workers/jobs/{id}",
        "delete /api/admin/workers/jobs/{id}", "get /api/admin/workers/metrics/export", "get /api/admin/workers/monitor/stream",
        "get /api/v1/admin/dead-letters", "get /api/v1/admin/dead-letters/past", "post /api/v1/admin/dead-letters/{id}/retry",
        "delete /api/v1/admin/dead-letters/{id}",
        "post /api/v1/user/signup", "get /api/v1/user/me", "post /api/v1/onramp", "get /api/v1/balances",
        "get /api/v1/portfolio/value", "get /api/v1/portfolio/history", "post /api/v1/account/reset", "get /api/v1/account/reset",
        "post /api/v1/order/oco", "get /api/v1/order/oco", "delete /api/v1/order/oco", "delete /api/v1/position",
        "get /api/v1/triggers", "get /api/v1/triggers/executed",
        "post /api/v1/order", "post /api/v1/orders", "get /api/v1/order", "get /api/v1/orderBook", "delete /api/v1/order", "get /api/v1/openOrders",
        "delete /api/v1/openOrders",
        "post /api/v1/position", "post /api/v1/position/levels", "post /api/v1/position/margin", "post /api/v1/position/close",
        "post /api/v1/engine", "get /api/v1/engine/commands", "get /api/v1/price", "get /api/v1/supportedAssets",
        "get /api/v1/positions", "get /api/v1/statistics", "get /api/v1/positions/history", "get /api/v1/position",
        "get /api/v1/notifications", "get /api/v1/notifications/unread", "post /api/v1/notifications/read",
        "get /api/admin/closures", "get /api/admin/closures/letters",
        "post /api/admin/closures/letters/retry", "post /api/admin/closures/letters/giveUp",
        "get /api/v1/orders", "get /api/v1/myTrades", "get /api/v1/deposits",
    ];

    [Fact]
    public async Task The_document_lists_every_route()
    {
        var paths = (await Document()).GetProperty("paths");
        var listed = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"));
        Assert.Equal(Routes.Order(), listed.Order());
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_how_it_refuses()
    {
        foreach (var path in (await Document()).GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
                Assert.Contains(
                    "#/components/schemas/Error", operation.Value.GetProperty("responses").GetProperty("default").GetRawText(),
                    StringComparison.Ordinal);
                Assert.Contains(
                    "application/json", operation.Value.GetProperty("responses").GetProperty("200").GetRawText(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_document_lists_every_error_code()
    {
        var error = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("Error");
        var codes = error.GetProperty("properties").GetProperty("error").GetProperty("properties").GetProperty("code").GetProperty("enum");
        var expected = EdgeErrors.All.Concat(ReasonErrors.All.Values).Select(known => known.Code).Order();
        Assert.Equal(expected, codes.EnumerateArray().Select(code => code.GetString()!).Order());
    }

    [Fact]
    public async Task Decimals_are_documented_as_strings_and_times_as_integers()
    {
        var order = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("PlacedOrder").GetProperty("properties");
        Assert.Equal("string", order.GetProperty("executedQuantity").GetProperty("type").GetString());
        Assert.Equal("integer", order.GetProperty("createdAt").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_examples_of_placing_an_order_are_true()
    {
        var operation = (await Document()).GetProperty("paths").GetProperty("/api/v1/order").GetProperty("post");
        var request = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
        var answer = operation.GetProperty("responses")
            .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();

        Assert.Null(StrictJson.Read<PlaceOrderRequest>(Encoding.UTF8.GetBytes(request), out _));
        Assert.Equal("0.1", JsonDecimal.Text(Wire.Read<PlacedOrder>(answer).Fills[0].Quantity));
    }

    private async Task<JsonElement> Document() =>
        JsonDocument.Parse((await host.Stranger().Get("/openapi/v1.json")).Body).RootElement;
}
