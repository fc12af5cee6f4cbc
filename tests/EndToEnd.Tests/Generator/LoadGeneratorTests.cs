using Exchange.Bench.Orders;
using Microsoft.AspNetCore.Http;

namespace Exchange.EndToEnd.Tests.Generator;

public sealed class LoadGeneratorTests
{
    private const int Connections = 8;
    private const int Orders = 1_000;

    [Fact]
    public async Task Every_order_is_sent_once_under_its_own_id()
    {
        await using var exchange = await ExchangeDouble.StartAsync(http => http.Response.WriteAsJsonAsync(new { status = "NEW" }));

        var tally = await RunAsync(exchange);

        Assert.Equal((Orders, 0), (tally.Accepted, tally.Failures.Count));
        Assert.Equal(Orders, exchange.Received.Count);
        Assert.Equal(Orders, exchange.Received.Select(order => order.Body.GetProperty("clientOrderId").GetString()).Distinct().Count());
        Assert.All(exchange.Received, order => Assert.StartsWith("Bearer token-", order.Authorization));
    }

    [Fact]
    public async Task Buys_and_sells_meet_at_one_price()
    {
        await using var exchange = await ExchangeDouble.StartAsync(http => http.Response.WriteAsJsonAsync(new { status = "NEW" }));

        await RunAsync(exchange);

        var sides = exchange.Received.CountBy(order => order.Body.GetProperty("side").GetString()!).ToDictionary();
        Assert.InRange(sides["buy"] - sides["sell"], -Connections, Connections);
        Assert.Equal(["100.00"], exchange.Received.Select(order => order.Body.GetProperty("price").GetString()).Distinct());
    }

    [Fact]
    public async Task Orders_that_filled_on_arrival_are_counted()
    {
        await using var exchange = await ExchangeDouble.StartAsync(http =>
            http.Response.WriteAsync("{\"status\":\"FILLED\",\"fills\":[]}"));

        var tally = await RunAsync(exchange);

        Assert.Equal(Orders, tally.FilledOnArrival);
    }

    [Fact]
    public async Task Refusals_are_counted_by_status_and_code()
    {
        await using var exchange = await ExchangeDouble.StartAsync(http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsJsonAsync(new { error = new { code = "OVERLOADED", message = "Later." } });
        });

        var tally = await RunAsync(exchange);

        Assert.Equal(0, tally.Accepted);
        Assert.Equal([new("503 OVERLOADED", Orders)], tally.Failures);
    }

    [Fact]
    public async Task A_connection_that_the_server_closes_is_a_failure_and_ends_its_loop()
    {
        await using var exchange = await ExchangeDouble.StartAsync(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        var tally = await RunAsync(exchange);

        Assert.Equal(0, tally.Accepted);
        Assert.Equal(Connections, tally.Failures.Values.Sum());
    }

    private static async Task<LoadTally> RunAsync(ExchangeDouble exchange)
    {
        var market = BenchMarket.Of("TATA_INR");
        var sources = Enumerable.Range(0, Connections).Select(i => new CrossingOrders(
            [market.Buy(OrderWire.Http(exchange.Address), $"token-{i}", $"c{i}-")],
            [market.Sell(OrderWire.Http(exchange.Address), $"token-{i}", $"c{i}-")],
            new QuotedPrice(market.Price),
            startsWithSell: i % 2 == 0));
        using var load = new LoadGenerator(exchange.Address, OrderWire.Http(exchange.Address), sources, Orders);
        return await load.RunAsync();
    }
}
