using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Operators;

public sealed class EmergencyStopTests
{
    private const string Ann = "ann@example.com";
    private const string Stop = "/api/admin/workers/emergency-stop";

    [Fact]
    public async Task A_stop_holds_over_a_crash_until_it_is_taken_back_and_is_noted()
    {
        using var exchange = await RunningExchange.StartAsync($"--Auth:AdminEmails:0={Ann}");
        var token = await SignInAsync(exchange);
        var user = await Trader.SignUpAsync(exchange, "user", ("INR", 10_000));
        await user.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100, 10, "before"));

        var stopped = await SendAsync(exchange, token, HttpMethod.Post, Stop, new { reason = "fire" });
        Assert.Equal((true, 1), (stopped.GetProperty("changed").GetBoolean(), stopped.GetProperty("silos").GetInt32()));
        Assert.Equal("MARKET_HALTED", await RefusalAsync(user, "while-1"));

        await exchange.KillAsync();
        await exchange.StartAgainAsync();
        Assert.Equal("MARKET_HALTED", await RefusalAsync(user, "while-2"));
        Assert.Equal("CANCELED", (await user.CancelAsync("TATA_INR", "before")).Status);
        var stats = await SendAsync(exchange, token, HttpMethod.Get, "/api/admin/workers/stats");
        Assert.Equal(("emergency", Ann, "fire"), (Trading(stats, "kind"), Trading(stats, "by"), Trading(stats, "reason")));
        Assert.All(stats.GetProperty("symbols").EnumerateArray(), symbol => Assert.Equal("HALTED", symbol.GetProperty("market").GetString()));

        await SendAsync(exchange, token, HttpMethod.Delete, Stop);
        Assert.Equal("NEW", (await user.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100, 10, "after"))).Status);
        var audit = await SendAsync(exchange, token, HttpMethod.Get, "/api/admin/audit");
        var actions = audit.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToArray();
        Assert.Contains("emergency stop", actions);
        Assert.Contains("emergency stop taken back", actions);
    }

    [Fact]
    public async Task A_frozen_account_an_adjustment_and_a_shutdown_leave_the_books_right()
    {
        using var exchange = await RunningExchange.StartAsync($"--Auth:AdminEmails:0={Ann}", "--MarketMaker:Enabled=true");
        var token = await SignInAsync(exchange);
        var user = await Trader.SignUpAsync(exchange, "user", ("INR", 10_000));
        await exchange.MiddleAsync("TATA_INR");
        await user.PlaceAsync(NewOrder.AtMarket("TATA_INR", "buy", 10, "some"));
        var id = await FindAsync(exchange, token, "user@example.com");

        await SendAsync(exchange, token, HttpMethod.Post, $"/api/admin/users/{id}/freeze", new { reason = "odd trades" });
        var frozen = await Assert.ThrowsAsync<RefusedException>(() => user.PlaceAsync(NewOrder.AtMarket("TATA_INR", "sell", 1, "frozen")));
        Assert.Equal("ACCOUNT_FROZEN", frozen.Code);
        await SendAsync(exchange, token, HttpMethod.Post, $"/api/admin/users/{id}/unfreeze", new { reason = "explained" });
        await SendAsync(exchange, token, HttpMethod.Post, $"/api/admin/users/{id}/adjust",
            new { adjustmentId = "a-1", asset = "TATA", amount = "4", kind = "DEBIT", reason = "split" });
        Assert.Equal(6, (await user.BalanceAsync("TATA")).Available);

        var shut = await SendAsync(exchange, token, HttpMethod.Post, "/api/admin/workers/shutdown");
        Assert.True(shut.GetProperty("isSettled").GetBoolean());
        Assert.Equal("MARKET_HALTED", await RefusalAsync(user, "closed"));
        await SendAsync(exchange, token, HttpMethod.Post, "/api/admin/workers/restart");
        await exchange.MiddleAsync("TATA_INR");
        Assert.Equal("FILLED", (await user.PlaceAsync(NewOrder.AtMarket("TATA_INR", "sell", 1, "open"))).Status);
        await exchange.StopAsync(TimeSpan.FromSeconds(30));
        await OfflineAudit.PassesAsync(exchange.DataFolder);
    }

    private static string? Trading(JsonElement stats, string name) => stats.GetProperty("trading").GetProperty(name).GetString();

    private static async Task<string> RefusalAsync(Trader user, string id) =>
        (await Assert.ThrowsAsync<RefusedException>(() => user.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100, 1, id)))).Code;

    /// <summary>The list follows the journal, a moment behind.</summary>
    private static async Task<string> FindAsync(RunningExchange exchange, string token, string email)
    {
        var id = "";
        await Eventually.HoldsAsync(async () =>
        {
            var page = await SendAsync(exchange, token, HttpMethod.Get, $"/api/admin/users?email={email}");
            id = Assert.Single(page.GetProperty("users").EnumerateArray()).GetProperty("userId").GetString()!;
        });
        return id;
    }

    private static async Task<string> SignInAsync(RunningExchange exchange)
    {
        using var response = await exchange.Client.PostAsJsonAsync("/api/v1/user/signup", new { email = Ann });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<JsonElement> SendAsync(RunningExchange exchange, string token, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await exchange.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
