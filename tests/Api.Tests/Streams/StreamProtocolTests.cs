using System.Net.WebSockets;
using System.Text;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Streams;

public sealed class StreamHost : ApiHost
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Streams:MaxSubscriptions"] = "3",
        ["Streams:MaxConnectionsPerUser"] = "2",
        ["Streams:MaxConnectionsPerAddress"] = "0",
        ["Streams:MaxMessageBytes"] = "2000",
        ["Streams:CloseTimeout"] = "00:00:30",
        ["Streams:MaxMessagesPerSecond"] = "1000",
        ["Streams:CheckPeriod"] = "00:00:00.050",
    };
}

public sealed class StreamProtocolTests(StreamHost host) : IClassFixture<StreamHost>
{
    private const string Snapshot =
        """{"stream":"depth@BTC_USDT","data":{"e":"depthSnapshot","E":1767225600000,"s":"BTC_USDT","u":10,"b":[["100","5"]],"a":[["101","7"]]}}""";

    [Fact]
    public async Task A_subscriber_gets_the_book_and_then_what_changes_in_it()
    {
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync("""{"method":"SUBSCRIBE","params":["depth@btc_usdt"],"id":1}"""));
        Assert.Equal(Snapshot, await client.ReceiveAsync());
        var symbol = host.Grains.SymbolStream("BTC_USDT");
        var watches = symbol.NewWatches;
        symbol.Publish(new DepthIncrement(11, 13, [new PriceLevel(100m, 0), new PriceLevel(99.5m, 2.50m)], []));

        Assert.Equal(
            """{"stream":"depth@BTC_USDT","data":{"e":"depth","E":1767225600000,"s":"BTC_USDT","U":11,"u":13,"b":[["100","0"]"""
                + """,["99.5","2.5"]],"a":[]}}""",
            await client.ReceiveAsync());
        using var late = await StreamClient.ConnectAsync(host);
        await late.AskAsync("""{"method":"SUBSCRIBE","params":["depth@BTC_USDT"]}""");
        Assert.Contains("""
            "u":13,"b":[["99.5","2.5"]],"a":[["101","7"]]
            """.Trim(), await late.ReceiveAsync());
        Assert.Equal(watches, symbol.NewWatches);
    }

    [Fact]
    public async Task Trades_come_in_batches()
    {
        using var client = await StreamClient.ConnectAsync(host);
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["trade@TATA_INR"],"id":"a"}""");

        host.Grains.SymbolStream("TATA_INR").Publish(null, new TradeView(7, 100.50m, 2m, Side.Sell, 5));

        Assert.Equal(
            """{"stream":"trade@TATA_INR","data":{"e":"trade","E":1767225600000,"s":"TATA_INR","trades":"""
                + """[{"t":"7","p":"100.5","q":"2","side":"SELL","T":5}]}}""",
            await client.ReceiveAsync());
    }

    [Fact]
    public async Task Ticker_and_candles_are_told_when_they_differ()
    {
        using var client = await StreamClient.ConnectAsync(host);
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["ticker@TATA_INR","kline@TATA_INR@1m"]}""");

        var both = await client.ReceiveAsync() + await client.ReceiveAsync();

        Assert.Contains("\"e\":\"ticker\"", both);
        Assert.Contains("\"lastPrice\":\"110\"", both);
        Assert.Contains("\"e\":\"kline\"", both);
        Assert.Contains("\"i\":\"1m\",\"x\":false", both);
    }

    [Fact]
    public async Task Subscriptions_are_listed_and_end()
    {
        using var client = await StreamClient.ConnectAsync(host);
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["trade@BTC_USDT","trade@TATA_INR"],"id":1}""");

        Assert.Equal("""{"result":["trade@BTC_USDT","trade@TATA_INR"],"id":2}""", await client.AskAsync("""{"method":"LIST","id":2}"""));
        Assert.Equal("""{"result":null,"id":3}""", await client.AskAsync("""{"method":"UNSUBSCRIBE","params":["trade@BTC_USDT"],"id":3}"""));
        Assert.Equal("""{"result":["trade@TATA_INR"],"id":4}""", await client.AskAsync("""{"method":"LIST","id":4}"""));
        Assert.Equal("""{"result":"PONG","id":null}""", await client.AskAsync("""{"method":"PING"}"""));
    }

    [Theory]
    [InlineData("nonsense", "MALFORMED_JSON")]
    [InlineData("[]", "MALFORMED_JSON")]
    [InlineData("""{"method":"LIST"} {}""", "MALFORMED_JSON")]
    [InlineData("""{"method":"LIST","method":"LIST"}""", "DUPLICATE_FIELD")]
    [InlineData("""{"method":"LIST","id":{"a":1}}""", "INVALID_FIELD")]
    [InlineData("""{"method":5}""", "INVALID_FIELD")]
    [InlineData("""{"id":5}""", "MISSING_FIELD")]
    [InlineData("""{"method":"LIST","extra":1}""", "UNKNOWN_FIELD")]
    [InlineData("""{"method":"DANCE"}""", "UNKNOWN_METHOD")]
    [InlineData("""{"method":"SUBSCRIBE"}""", "MISSING_FIELD")]
    [InlineData("""{"method":"SUBSCRIBE","params":"depth@BTC_USDT"}""", "INVALID_FIELD")]
    [InlineData("""{"method":"SUBSCRIBE","params":[["depth@BTC_USDT"]]}""", "INVALID_FIELD")]
    [InlineData("""{"method":"SUBSCRIBE","params":["height@BTC_USDT"]}""", "UNKNOWN_STREAM")]
    [InlineData("""{"method":"SUBSCRIBE","params":["kline@BTC_USDT@7m"]}""", "UNKNOWN_STREAM")]
    [InlineData("""{"method":"SUBSCRIBE","params":["depth@NO_SUCH"]}""", "UNKNOWN_SYMBOL")]
    [InlineData("""{"method":"SUBSCRIBE","params":["user"]}""", "UNAUTHORIZED")]
    [InlineData("""{"method":"AUTH","params":["not.a.token"]}""", "INVALID_TOKEN")]
    [InlineData("""{"method":"order.place","params":{"market":"BTC_USDT","side":"buy"}}""", "UNAUTHORIZED")]
    [InlineData(
        """{"method":"SUBSCRIBE","params":["trade@BTC_USDT","depth@BTC_USDT","ticker@BTC_USDT","trade@TATA_INR"]}""", "TOO_MANY_SUBSCRIPTIONS")]
    public async Task What_cannot_be_done_is_refused_and_the_connection_goes_on(string message, string code)
    {
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal(code, await client.CodeOfAsync(message));
        Assert.Equal("""{"result":[],"id":1}""", await client.AskAsync("""{"method":"LIST","id":1}"""));
    }

    [Fact]
    public async Task The_own_stream_tells_of_orders_fills_and_balances()
    {
        const long Account = 501;
        using var client = await StreamClient.ConnectAsync(host);
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync($$"""{"method":"AUTH","params":["{{host.TokenOf(Account)}}"],"id":1}"""));
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":2}""");

        var order = new OrderView(
            9, "mine", "BTC_USDT", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 10, 2, 0, 2, 20, OrderStatus.Filled, Reason.None, 1, 2);
        var fill = new OwnFill("BTC_USDT", 3, 9, Side.Buy, 10, 2, 0.01m, "BTC");
        host.Grains.PortfolioStream(Account).Publish(new AccountUpdate(Account, 44, 7, [order], [fill], [new BalanceView("BTC", 1.99m, 0)], [], []));

        Assert.StartsWith(
            """{"stream":"user","data":{"e":"order","E":7,"u":44,"order":{"orderId":"9","clientOrderId":"mine","symbol":"BTC_USDT",""",
            await client.ReceiveAsync());
        Assert.Equal(
            """{"stream":"user","data":{"e":"fill","E":7,"u":44"""
                + ""","s":"BTC_USDT","t":"3","orderId":"9","side":"BUY","p":"10","q":"2","fee":"0.01","feeAsset":"BTC"}}""",
            await client.ReceiveAsync());
        Assert.Equal(
            """{"stream":"user","data":{"e":"balance","E":7,"u":44,"balances":[{"asset":"BTC","available":"1.99","locked":"0"}]}}""",
            await client.ReceiveAsync());
    }

    [Fact]
    public async Task The_own_stream_tells_of_positions_and_notifications()
    {
        const long Account = 503;
        using var client = await StreamClient.ConnectAsync(host, host.TokenOf(Account));
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":2}""");

        var opened = new OwnPosition(PositionNews.Opened, 9, "BTC_USDT", "USDT", 100, 0, CloseCause.User, null);
        var closed = new OwnPosition(
            PositionNews.Closed, 9, "BTC_USDT", "USDT", -100, 95, CloseCause.StopLoss,
            new OwnExit(PositionSide.Long, 2, 50, 48, -4, 1, -5, 48.5m, 48.2m));
        var told = new NotificationView(17, "POSITION_STOP_LOSS", """{"symbol":"BTC_USDT"}""", 6);
        host.Grains.PortfolioStream(Account).Publish(new AccountUpdate(Account, 45, 7, [], [], [], [opened, closed], [told]));

        Assert.Equal(
            """{"stream":"user","data":{"e":"position","E":7,"u":45"""
                + ""","x":"OPENED","positionId":"9","s":"BTC_USDT","asset":"USDT","marginChange":"100","totalReturn":"0"}}""",
            await client.ReceiveAsync());
        Assert.Equal(
            """
            {"stream":"user","data":{"e":"position","E":7,"u":45,"x":"CLOSED","positionId":"9","s":"BTC_USDT","asset":"USDT",
            "marginChange":"-100","totalReturn":"95","status":"STOP_LOSS","cause":"STOP_LOSS","direction":"LONG","quantity":"2",
            "entryPrice":"50","closePrice":"48","profit":"-4","fee":"1","netProfit":"-5","level":"48.5","reachedPrice":"48.2"}}
            """.ReplaceLineEndings(""),
            await client.ReceiveAsync());
        Assert.Equal(
            """{"stream":"user","data":{"e":"notification","E":7,"u":45,"id":"17","kind":"POSITION_STOP_LOSS","T":6,"data":{"symbol":"BTC_USDT"}}}""",
            await client.ReceiveAsync());
    }

    [Fact]
    public async Task Orders_are_placed_and_cancelled_over_the_socket()
    {
        const long Account = 502;
        using var client = await StreamClient.ConnectAsync(host, host.TokenOf(Account));

        var placed = await client.AskAsync(
            """{"method":"order.place","params":"""
                + """{"market":"BTC_USDT","side":"buy","type":"limit","price":"10","quantity":"2","clientOrderId":"c1"},"id":"p"}""");
        var cancelled = await client.AskAsync("""{"method":"order.cancel","params":{"clientOrderId":"c1","market":"BTC_USDT"},"id":"c"}""");

        Assert.StartsWith("""{"result":{"orderId":"4294967297","clientOrderId":"c1","symbol":"BTC_USDT","side":"BUY",""", placed);
        Assert.EndsWith(""","fills":[]},"id":"p"}""", placed);
        Assert.Contains("\"status\":\"CANCELED\"", cancelled);
        var calls = host.Grains.Portfolio(Account).Calls.ToArray();
        Assert.Equal("c1", Assert.IsType<PlaceOrder>(calls[0]).ClientOrderId);
        Assert.Equal("c1", Assert.IsType<CancelOrder>(calls[1]).ClientOrderId);
    }

    [Theory]
    [InlineData("""{"market":"BTC_USDT","side":"buy","price":"-1","quantity":"2"}""", "INVALID_PRICE")]
    [InlineData("""{"market":"NO_SUCH","side":"buy"}""", "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"BTC_USDT"}""", "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":"7"}""", "NOT_YOUR_ACCOUNT")]
    public async Task A_bad_order_has_the_code_that_REST_gives(string order, string code)
    {
        using var client = await StreamClient.ConnectAsync(host, host.TokenOf(503));

        Assert.Equal(code, await client.CodeOfAsync($$"""{"method":"order.place","params":{{order}},"id":1}"""));
        Assert.Empty(host.Grains.Portfolio(503).Calls);
    }

    [Fact]
    public async Task A_user_has_a_limited_number_of_connections_and_one_that_ends_makes_room()
    {
        var token = host.TokenOf(504);
        using var first = await StreamClient.ConnectAsync(host, token);
        using var second = await StreamClient.ConnectAsync(host, token);
        using var third = await StreamClient.ConnectAsync(host);

        Assert.Equal("TOO_MANY_CONNECTIONS", await third.CodeOfAsync($$"""{"method":"AUTH","params":["{{token}}"]}"""));
        await Assert.ThrowsAsync<WebSocketException>(() => StreamClient.ConnectAsync(host, token));
    }

    [Fact]
    public async Task Nobody_is_let_in_before_the_exchange_is_ready()
    {
        host.Readiness.IsReady = false;
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => StreamClient.ConnectAsync(host));
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);

        host.Readiness.IsReady = true;
        using var client = await StreamClient.ConnectAsync(host);
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync("""{"method":"SUBSCRIBE","params":["trade@BTC_USDT"],"id":1}"""));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_use_the_cookie()
    {
        var cookie = ("Cookie", "authToken=" + host.TokenOf(505));

        await Assert.ThrowsAsync<WebSocketException>(() => StreamClient.ConnectAsync(host, null, cookie, ("Origin", "https://evil.example")));
        using var own = await StreamClient.ConnectAsync(host, null, cookie, ("Origin", $"http://{host.Address.Authority}"));
        Assert.Equal("""{"result":null,"id":1}""", await own.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":1}"""));
    }

    [Fact]
    public async Task Too_large_and_binary_messages_end_the_connection()
    {
        using var large = await StreamClient.ConnectAsync(host);
        Assert.Null(await large.AskAsync(new string('x', 2_001)));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, large.ClosedWith);

        using var binary = await StreamClient.ConnectAsync(host);
        await binary.SendAsync(Encoding.UTF8.GetBytes("""{"method":"LIST"}"""), WebSocketMessageType.Binary);
        Assert.Null(await binary.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, binary.ClosedWith);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_is_told_so_and_nobody_else_waits()
    {
        const int Messages = 500;
        using var slow = await StreamClient.ConnectAsync(host);
        using var quick = await StreamClient.ConnectAsync(host);
        await slow.AskAsync("""{"method":"SUBSCRIBE","params":["trade@BTC_USDT"]}""");
        await quick.AskAsync("""{"method":"SUBSCRIBE","params":["trade@BTC_USDT"]}""");
        TradeView[] trades = [.. Enumerable.Range(1, 1_000).Select(id => new TradeView(id, 100.5m, 2m, Side.Buy, 1_767_225_600_000))];

        for (var i = 0; i < Messages; i++)
        {
            host.Grains.SymbolStream("BTC_USDT").Publish(null, trades);
            Assert.NotNull(await quick.ReceiveAsync());
        }

        var received = 0;
        while (await slow.ReceiveAsync() is not null)
            received++;
        Assert.Equal((WebSocketCloseStatus)1013, slow.ClosedWith);
        Assert.InRange(received, 1, Messages - 1);
    }

    [Fact]
    public async Task A_plain_request_is_told_to_speak_WebSocket()
    {
        Assert.Equal("NOT_WEB_SOCKET", (await host.Stranger().Get("/ws")).Code);
    }
}
