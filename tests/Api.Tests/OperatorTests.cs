using System.Net;
using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

public sealed class OperatorTests : IAsyncLifetime
{
    private const long OrderId = 4_294_967_297;
    private const long PositionId = 4_294_967_298;

    private static readonly (string Method, string Path)[] Routes =
    [
        ("GET", "/api/admin/workers/health"), ("GET", "/api/admin/workers/stats"), ("GET", "/api/admin/workers/queues"),
        ("GET", "/api/admin/workers/prices"), ("GET", "/api/admin/workers/closures"), ("POST", "/api/admin/workers/restart"),
        ("POST", "/api/admin/workers/shutdown"), ("POST", "/api/admin/workers/emergency-stop"), ("DELETE", "/api/admin/workers/emergency-stop"),
        ("GET", $"/api/admin/workers/jobs/{OrderId}"), ("DELETE", $"/api/admin/workers/jobs/{OrderId}"),
        ("GET", "/api/admin/workers/metrics/export"), ("GET", "/api/admin/workers/monitor/stream"), ("GET", "/api/admin/symbols"),
        ("GET", "/api/admin/feeds"), ("POST", "/api/admin/symbols/BTC_USDT/activate"), ("POST", "/api/admin/symbols/BTC_USDT/deactivate"),
        ("POST", "/api/admin/symbols/BTC_USDT/halt"), ("POST", "/api/admin/symbols/BTC_USDT/resume"),
        ("POST", "/api/admin/symbols/BTC_USDT/delist"), ("GET", "/api/admin/users"), ("GET", "/api/admin/users/1234"),
        ("POST", "/api/admin/users/1234/freeze"), ("POST", "/api/admin/users/1234/unfreeze"), ("POST", "/api/admin/users/1234/adjust"),
        ("GET", "/api/admin/market-makers"), ("POST", "/api/admin/market-makers/TATA_INR"),
    ];

    private readonly ApiHost host = new();

    private ApiClient Ann { get; set; } = null!;

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        Ann = host.OperatorClient();
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Nobody_but_an_operator_gets_anything_done_or_seen()
    {
        foreach (var (method, path) in Routes)
        {
            var stranger = await host.Stranger().Send(new HttpMethod(method), path, null);
            var user = await host.Caller().Send(new HttpMethod(method), path, null);
            Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHORIZED"), (stranger.Status, stranger.Code));
            Assert.Equal((HttpStatusCode.Forbidden, "ADMINS_ONLY"), (user.Status, user.Code));
        }

        Assert.Empty(host.Grains.Markets.Calls);
        Assert.Empty(host.Audit.Entries);
    }

    [Fact]
    public async Task The_monitor_shows_what_is_active_and_what_waits()
    {
        var stats = Json(await Ann.Get("/api/admin/workers/stats"));

        Assert.Equal((5, 2, 4, 7, 1), (
            Total(stats, "openOrders"), Total(stats, "openPositions"), Total(stats, "armedTriggers"), Total(stats, "queued"),
            Total(stats, "retrying")));
        var symbols = stats.GetProperty("symbols").EnumerateArray().ToDictionary(symbol => symbol.GetProperty("symbol").GetString()!);
        Assert.True(symbols["BTC_USDT"].GetProperty("isActive").GetBoolean());
        Assert.False(symbols["TATA_INR"].GetProperty("isActive").GetBoolean());
        Assert.Equal(("LIVE", "99.5"), (Text(symbols["BTC_USDT"], "feed"), Text(symbols["BTC_USDT"], "bidPrice")));
        var silo = Assert.Single(stats.GetProperty("silos").EnumerateArray());
        Assert.Equal((4, 3), (silo.GetProperty("activations").GetInt32(), silo.GetProperty("byKind").GetProperty("PortfolioGrain").GetInt32()));
    }

    [Fact]
    public async Task Health_has_the_four_components_of_the_worker_system_and_says_what_ails_them()
    {
        host.DeadLetters.Letters.Add(new Storage.DeadLetters.DeadLetter(1, "BTC_USDT", "7", "UnknownOrder", default, 0, 0, 0));

        var health = Json(await Ann.Get("/api/admin/workers/health"));

        Assert.Equal("degraded", Text(health, "status"));
        var components = health.GetProperty("components");
        Assert.False(components.GetProperty("queueManager").GetProperty("isHealthy").GetBoolean());
        Assert.Equal("7 waiting, 1 accounts in retry, 1 dead letters", Text(components.GetProperty("queueManager"), "description"));
        Assert.True(components.GetProperty("priceMonitor").GetProperty("isHealthy").GetBoolean());
        Assert.True(components.GetProperty("orderClosure").GetProperty("isHealthy").GetBoolean());
        Assert.True(components.GetProperty("orderWorker").GetProperty("isHealthy").GetBoolean());
        Assert.True(components.TryGetProperty("recovery", out _));
    }

    [Fact]
    public async Task Queues_prices_and_closures_tell_their_part()
    {
        var queues = Json(await Ann.Get("/api/admin/workers/queues")).GetProperty("queues").EnumerateArray().ToArray();
        var price = Assert.Single(Json(await Ann.Get("/api/admin/workers/prices")).GetProperty("prices").EnumerateArray());
        var closures = Json(await Ann.Get("/api/admin/workers/closures"));

        Assert.Equal(["outbox 7", "retry 1", "deadLetters 0"], queues.Select(queue => $"{Text(queue, "name")} {queue.GetProperty("waiting")}"));
        Assert.Equal(("BTC_USDT", "LIVE", 12), (Text(price, "symbol"), Text(price, "feed"), price.GetProperty("ageMs").GetInt32()));
        Assert.Equal((4, 2), (closures.GetProperty("total").GetInt32(), closures.GetProperty("byCause").GetProperty("stopLoss").GetInt32()));
    }

    [Fact]
    public async Task An_emergency_stop_needs_no_body_and_is_noted_with_its_reason()
    {
        Assert.Equal(HttpStatusCode.OK, (await Ann.Send(HttpMethod.Post, "/api/admin/workers/emergency-stop", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ann.Post("/api/admin/workers/emergency-stop", """{"reason":"fire"}""")).Status);
        var ended = await Ann.Delete("/api/admin/workers/emergency-stop");

        Assert.Equal(
            [$"stop Emergency {ApiHost.Operator} ", $"stop Emergency {ApiHost.Operator} fire", $"resume Emergency {ApiHost.Operator}"],
            host.Grains.Markets.Calls);
        Assert.True(Json(ended).GetProperty("changed").GetBoolean());
        Assert.Equal(
            [(ApiHost.Operator, "emergency stop", ""), (ApiHost.Operator, "emergency stop", "fire"),
             (ApiHost.Operator, "emergency stop taken back", "")],
            host.Audit.Entries.Select(entry => (entry.Actor, entry.Action, entry.Detail)));
    }

    [Theory]
    [InlineData("""{"reason":"fire","force":true}""", "UNKNOWN_FIELD")]
    [InlineData("""{"reason":""}""", "INVALID_FIELD")]
    [InlineData("""{"reason":7}""", "INVALID_FIELD")]
    [InlineData("""{"reason":"a","reason":"b"}""", "DUPLICATE_FIELD")]
    [InlineData("fire", "MALFORMED_JSON")]
    public async Task A_body_that_is_there_is_read_strictly(string body, string code)
    {
        Assert.Equal(code, (await Ann.Post("/api/admin/workers/emergency-stop", body)).Code);
        Assert.Equal("UNKNOWN_FIELD", (await Ann.Send(HttpMethod.Post, "/api/admin/workers/emergency-stop?now=1", null)).Code);
        Assert.Empty(host.Grains.Markets.Calls);
    }

    [Fact]
    public async Task A_shutdown_stops_trading_waits_for_settlements_and_sends_symbols_away()
    {
        var operations = host.Grains.Operations("BTC_USDT");
        operations.Report = operations.Report with { Work = operations.Report.Work with { Unsettled = 0 } };

        var answer = Json(await Ann.Post("/api/admin/workers/shutdown", """{"reason":"night"}"""));

        Assert.Equal((1, true), (answer.GetProperty("symbols").GetInt32(), answer.GetProperty("isSettled").GetBoolean()));
        Assert.Equal([$"stop Shutdown {ApiHost.Operator} night"], host.Grains.Markets.Calls);
        Assert.Equal(["leave"], operations.Calls);
    }

    [Fact]
    public async Task A_restart_lets_symbols_start_over_and_takes_back_a_shutdown_only()
    {
        Assert.Equal(HttpStatusCode.OK, (await Ann.Post("/api/admin/workers/restart", """{"symbol":"btc_usdt"}""")).Status);
        Assert.Empty(host.Grains.Markets.Calls);
        Assert.Equal(HttpStatusCode.OK, (await Ann.Send(HttpMethod.Post, "/api/admin/workers/restart", null)).Status);

        Assert.Equal([$"resume Shutdown {ApiHost.Operator}"], host.Grains.Markets.Calls);
        Assert.Equal(["leave", "leave"], host.Grains.Operations("BTC_USDT").Calls);
        Assert.Equal(2, host.Grains.Symbol("BTC_USDT").WokenUp);
        Assert.Equal("UNKNOWN_SYMBOL", (await Ann.Post("/api/admin/workers/restart", """{"symbol":"NOPE"}""")).Code);
    }

    [Fact]
    public async Task A_job_is_an_open_order_that_can_be_cancelled()
    {
        host.Grains.Portfolio(1).Open =
        [
            new OrderView(
                OrderId, "mine", "TATA_INR", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 5, 0, 1, 100, OrderStatus.PartiallyFilled,
                Reason.None, 1, 2),
        ];

        var job = Json(await Ann.Get($"/api/admin/workers/jobs/{OrderId}"));
        Assert.Equal(
            ("order", "1", "TATA_INR", "BUY", "100"),
            (Text(job, "kind"), Text(job, "userId"), Text(job, "symbol"), Text(job, "side"), Text(job, "price")));

        Assert.Equal(HttpStatusCode.OK, (await Ann.Delete($"/api/admin/workers/jobs/{OrderId}")).Status);
        Assert.Contains(new CancelOrder(OrderId, "", "TATA_INR"), host.Grains.Portfolio(1).Calls);
        Assert.Equal(("order removed", $"{OrderId} TATA_INR of account 1"), (host.Audit.Entries.Last().Action, host.Audit.Entries.Last().Detail));
    }

    [Fact]
    public async Task A_job_is_a_position_that_can_lose_its_levels()
    {
        var job = Json(await Ann.Get($"/api/admin/workers/jobs/{PositionId}"));
        Assert.Equal(("position", "237.5", "238.3095"), (Text(job, "kind"), Text(job, "stopLoss"), Text(job, "liquidationPrice")));

        Assert.Equal(HttpStatusCode.OK, (await Ann.Delete($"/api/admin/workers/jobs/{PositionId}")).Status);
        Assert.Equal([new ChangeAtSymbol(1, PositionId, default)], host.Grains.Operations("BTC_USDT").Calls);
    }

    [Theory]
    [InlineData("4294967299", "UNKNOWN_ORDER")]
    [InlineData("5", "UNKNOWN_ORDER")]
    [InlineData("9223372036854775807", "UNKNOWN_ORDER")]
    [InlineData("abc", "INVALID_FIELD")]
    [InlineData("-1", "INVALID_FIELD")]
    [InlineData("0", "INVALID_FIELD")]
    public async Task What_is_no_job_is_said_to_be_none(string id, string code)
    {
        Assert.Equal(code, (await Ann.Get($"/api/admin/workers/jobs/{id}")).Code);
        Assert.Equal(code, (await Ann.Delete($"/api/admin/workers/jobs/{id}")).Code);
    }

    [Fact]
    public async Task Markets_are_halted_resumed_and_ended_by_name()
    {
        Assert.Equal(HttpStatusCode.OK, (await Ann.Post("/api/admin/symbols/btc_usdt/halt", """{"reason":"news"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ann.Send(HttpMethod.Post, "/api/admin/symbols/BTC_USDT/resume", null)).Status);
        host.Grains.Markets.Outcome = Reason.MarketHasPositions;
        var refused = await Ann.Send(HttpMethod.Post, "/api/admin/symbols/BTC_USDT/delist", null);

        Assert.Equal((HttpStatusCode.Conflict, "MARKET_HAS_POSITIONS"), (refused.Status, refused.Code));
        Assert.Equal(["BTC_USDT Halted", "BTC_USDT Trading", "delist BTC_USDT"], host.Grains.Markets.Calls);
        Assert.Equal(
            ["market halted: BTC_USDT news", "market resumed: BTC_USDT", "market delisted: BTC_USDT"],
            host.Audit.Entries.Select(entry => $"{entry.Action}: {entry.Detail}"));
        Assert.Equal("UNKNOWN_SYMBOL", (await Ann.Send(HttpMethod.Post, "/api/admin/symbols/NOPE/halt", null)).Code);
    }

    [Fact]
    public async Task A_symbol_is_brought_to_life_and_sent_away()
    {
        await Ann.Send(HttpMethod.Post, "/api/admin/symbols/TATA_INR/activate", null);
        await Ann.Send(HttpMethod.Post, "/api/admin/symbols/BTC_USDT/deactivate", null);
        await Ann.Send(HttpMethod.Post, "/api/admin/symbols/TATA_INR/deactivate", null);

        Assert.Equal(1, host.Grains.Symbol("TATA_INR").WokenUp);
        Assert.Equal(["leave"], host.Grains.Operations("BTC_USDT").Calls);
        Assert.Empty(host.Grains.Operations("TATA_INR").Calls);
    }

    [Fact]
    public async Task Accounts_are_listed_found_and_shown()
    {
        host.History.Users.AddRange([new UserRow(1, "a@example.org", 10), new UserRow(2, "b@example.org", 20), new UserRow(3, "c@example.org", 30)]);

        var page = Json(await Ann.Get("/api/admin/users?limit=2"));
        var next = Json(await Ann.Get($"/api/admin/users?limit=2&cursor={Text(page, "nextCursor")}"));
        var found = Json(await Ann.Get("/api/admin/users?email=B@example.org"));
        var details = Json(await Ann.Get("/api/admin/users/1234"));

        Assert.Equal(["1", "2"], page.GetProperty("users").EnumerateArray().Select(user => Text(user, "userId")));
        Assert.Equal(["3"], next.GetProperty("users").EnumerateArray().Select(user => Text(user, "userId")));
        Assert.Equal(["2"], found.GetProperty("users").EnumerateArray().Select(user => Text(user, "userId")));
        Assert.Equal(
            (true, "odd trades", 2),
            (details.GetProperty("isFrozen").GetBoolean(), Text(details, "frozenReason"), details.GetProperty("openOrders").GetInt32()));
        Assert.Equal(("account looked at", "1234"), (host.Audit.Entries.Last().Action, host.Audit.Entries.Last().Detail));
    }

    [Fact]
    public async Task An_account_is_frozen_and_unfrozen_for_a_reason()
    {
        Assert.Equal("MISSING_BODY", (await Ann.Send(HttpMethod.Post, "/api/admin/users/1234/freeze", null)).Code);
        Assert.Equal("MISSING_FIELD", (await Ann.Post("/api/admin/users/1234/freeze", "{}")).Code);
        Assert.Equal("UNKNOWN_ACCOUNT", (await Ann.Post("/api/admin/users/-1/freeze", """{"reason":"x"}""")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Ann.Post("/api/admin/users/1234/freeze", """{"reason":"odd trades"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ann.Post("/api/admin/users/1234/unfreeze", """{"reason":"explained"}""")).Status);

        Assert.Equal([$"freeze {ApiHost.Operator}: odd trades", $"unfreeze {ApiHost.Operator}: explained"], host.Grains.Portfolio(1234).Calls);
        Assert.Equal(["1234: odd trades", "1234: explained"], host.Audit.Entries.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task A_balance_is_adjusted_up_or_down()
    {
        const string debit = """{"adjustmentId":"a-1","asset":"USDT","amount":"50.5","kind":"debit","reason":"gift taken back"}""";

        var answer = Json(await Ann.Post("/api/admin/users/1234/adjust", debit));
        host.Grains.Portfolio(1234).OperatorOutcome = Reason.InsufficientBalance;
        var refused = await Ann.Post("/api/admin/users/1234/adjust", debit);

        Assert.Equal("150", Text(answer.GetProperty("balance"), "available"));
        Assert.Equal(new AdjustBalance("a-1", "USDT", -50.5m, ApiHost.Operator, "gift taken back"), host.Grains.Portfolio(1234).Calls.First());
        Assert.Equal("INSUFFICIENT_BALANCE", refused.Code);
        Assert.Equal("1234 -50.5 USDT (a-1): gift taken back", host.Audit.Entries.First().Detail);
    }

    [Theory]
    [InlineData("""{"asset":"USDT","amount":"1","kind":"CREDIT","reason":"x"}""", "MISSING_FIELD")]
    [InlineData("""{"adjustmentId":"a","asset":"USDT","amount":"-1","kind":"CREDIT","reason":"x"}""", "INVALID_AMOUNT")]
    [InlineData("""{"adjustmentId":"a","asset":"USDT","amount":"1","kind":"GIFT","reason":"x"}""", "INVALID_FIELD")]
    [InlineData("""{"adjustmentId":"a","asset":"USDT","amount":"1","kind":"CREDIT"}""", "MISSING_FIELD")]
    [InlineData("""{"adjustmentId":"a b","asset":"USDT","amount":"1","kind":"CREDIT","reason":"x"}""", "INVALID_CLIENT_ORDER_ID")]
    public async Task An_adjustment_is_complete_or_nothing(string body, string code)
    {
        Assert.Equal(code, (await Ann.Post("/api/admin/users/1234/adjust", body)).Code);
        Assert.Empty(host.Grains.Portfolio(1234).Calls);
        Assert.Empty(host.Audit.Entries);
    }

    [Fact]
    public async Task A_market_maker_is_switched_and_changed_in_part()
    {
        var before = host.Grains.Maker("TATA_INR").Settings;

        var listed = Assert.Single(Json(await Ann.Get("/api/admin/market-makers")).GetProperty("marketMakers").EnumerateArray());
        var changed = Json(await Ann.Post("/api/admin/market-makers/tata_inr", """{"enabled":false,"skewBps":0"""
            + ""","exposureMax":"5000","reference":"fixed","referencePrice":"99.5"}"""));

        Assert.Equal(("TATA_INR", "QUOTING", "100.05"), (Text(listed, "symbol"), Text(listed, "state"), Text(listed, "quotedAround")));
        Assert.False(changed.GetProperty("enabled").GetBoolean());
        Assert.Equal(
            before with
            {
                IsOn = false,
                SkewBps = 0,
                ExposureMax = 5_000,
                Reference = before.Reference with { Kind = ReferenceKind.Fixed, Price = 99.5m },
            },
            host.Grains.Maker("TATA_INR").Settings);
        Assert.StartsWith("TATA_INR MakerSettings", host.Audit.Entries.Last().Detail);
    }

    [Theory]
    [InlineData("{}", "INVALID_REQUEST")]
    [InlineData("""{"enabled":"yes"}""", "INVALID_FIELD")]
    [InlineData("""{"levels":-1}""", "INVALID_FIELD")]
    [InlineData("""{"levels":1.5}""", "INVALID_FIELD")]
    [InlineData("""{"positionMax":"0"}""", "INVALID_AMOUNT")]
    [InlineData("""{"reference":"guess"}""", "INVALID_FIELD")]
    public async Task A_change_that_is_none_changes_nothing(string body, string code)
    {
        Assert.Equal(code, (await Ann.Post("/api/admin/market-makers/TATA_INR", body)).Code);
        Assert.Empty(host.Audit.Entries);
    }

    [Fact]
    public async Task What_a_market_maker_refuses_is_said_in_its_words()
    {
        host.Grains.Maker("TATA_INR").Outcome = new MakerReply(Reason.InvalidRequest, "A side has 1 to 50 quotes.");

        var refused = await Ann.Post("/api/admin/market-makers/TATA_INR", """{"levels":51}""");

        Assert.Equal(
            (HttpStatusCode.BadRequest, true), (refused.Status, refused.Body.Contains("A side has 1 to 50 quotes.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metrics_are_exported_as_text()
    {
        var answer = await Ann.Get("/api/admin/workers/metrics/export");

        Assert.Equal("text/plain", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("# TYPE exchange_api_request_duration_milliseconds histogram", answer.Body, StringComparison.Ordinal);
    }

    private static JsonElement Json(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    private static int Total(JsonElement stats, string name) => stats.GetProperty("totals").GetProperty(name).GetInt32();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
