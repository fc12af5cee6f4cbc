using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;
using Exchange.Silo;
using Microsoft.AspNetCore.Builder;

namespace Exchange.EndToEnd.Tests.Traces;

/// <summary>An order in one trace, from the request to the disk.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _app = ExchangeHost.Build(
        [
            "--urls", "http://127.0.0.1:0", "--data", _folder.Data, "--RateLimits:Scale=0", "--Logging:LogLevel:Default=None",
            "--MarketMaker:Enabled=false", $"--Orleans:SiloPort={FreePort()}", $"--Orleans:GatewayPort={FreePort()}", "--Orleans:Traces=true",
        ]);
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        await Eventually.HoldsAsync(async () =>
        {
            using var ready = await _client.GetAsync("/health/ready");
            Assert.True(ready.IsSuccessStatusCode);
        });
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_order_can_be_followed_from_the_request_through_portfolio_and_symbol_to_the_flush()
    {
        var token = await SignUpAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Exchange.", StringComparison.Ordinal) || source.Name.StartsWith(
                "Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await PlaceAsync(token, Parent);

        await Eventually.HoldsAsync(() =>
        {
            var trace = ended.Where(activity => activity.TraceId.ToHexString() == TraceId).ToArray();
            var request = Assert.Single(trace, activity => activity.OperationName == "POST /api/v1/order");
            Assert.Equal("b7ad6b7169203331", request.ParentSpanId.ToHexString());
            Assert.Equal(200, request.GetTagItem("http.response.status_code"));
            var portfolio = Below(request, trace, "IPortfolioGrain/PlaceOrder", "");
            var held = Below(portfolio, trace, "journal.append", "portfolio/");
            var symbol = Below(portfolio, trace, "ISymbolGrain/Submit", "");
            var matched = Below(symbol, trace, "journal.append", "symbol/TATA_INR");
            Assert.All([held, matched], append => Assert.Contains(
                ended, activity => activity.OperationName == "journal.flush" && activity.Links.Any(link => link.Context.SpanId == append.SpanId)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_made()
    {
        var token = await SignUpAsync();
        await PlaceAsync(token, Parent);

        Assert.False(new ActivitySource("Exchange.Api").HasListeners());
        Assert.Null(Activity.Current);
    }

    /// <summary>An engine may put activities of its own in between.</summary>
    private static Activity Below(Activity above, Activity[] trace, string name, string stream)
    {
        var below = trace.FirstOrDefault(activity => activity.OperationName == name && IsBelow(activity)
            && (stream.Length == 0 || activity.GetTagItem("exchange.stream") is string text && text.StartsWith(stream, StringComparison.Ordinal)));
        Assert.NotNull(below);
        return below;

        bool IsBelow(Activity? activity)
        {
            while (activity is not null && activity.ParentSpanId != above.SpanId)
                activity = trace.FirstOrDefault(other => other.SpanId == activity.ParentSpanId);
            return activity is not null;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> SignUpAsync()
    {
        using var answer = await _client.PostAsJsonAsync("/api/v1/user/signup", new { email = "traced@example.org" });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var token = json.RootElement.GetProperty("token").GetString()!;
        using var deposit = await SendAsync("/api/v1/onramp", new { asset = "INR", amount = "1000" }, token, null);
        Assert.True(deposit.IsSuccessStatusCode);
        return token;
    }

    private async Task PlaceAsync(string token, string parent)
    {
        using var placed = await SendAsync("/api/v1/order", new { market = "TATA_INR", side = "buy", price = "1", quantity = "1" }, token, parent);
        Assert.True(placed.IsSuccessStatusCode, await placed.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body, string token, string? parent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (parent is not null)
            request.Headers.Add("traceparent", parent);
        return await _client.SendAsync(request);
    }
}
