using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Exchange.Api.Keys;

namespace Exchange.Api.Tests;

/// <summary>Who may call what, asked of every route that the exchange's own description lists: a new one is among them by itself.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private static readonly string[] ForEverybody =
    [
        "GET /health", "GET /health/live", "GET /health/ready", "GET /api/v1/time", "GET /api/v1/exchangeInfo", "GET /api/v1/markets",
        "GET /api/v1/depth", "GET /api/v1/orderBook", "GET /api/v1/trades", "GET /api/v1/klines", "GET /api/v1/tickers",
        "GET /api/v1/ticker/24hr", "GET /api/v1/price", "GET /api/v1/supportedAssets",
        "POST /api/v1/user/signup", "POST /api/v1/user/signin", "GET /api/v1/user/signin/post",
    ];

    private readonly ApiHost _host = new();
    private Route[] _routes = [];

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _routes = RoutesOf(JsonNode.Parse((await _host.Stranger().Get("/openapi/v1.json")).Body)!);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whoever_does_not_sign_in_gets_what_is_for_everybody_and_nothing_else()
    {
        Assert.Equal(ForEverybody.Order(), _routes.Where(route => !route.NeedsCaller).Select(route => route.Name).Order());
        foreach (var route in _routes.Where(route => route.NeedsCaller))
        {
            await IsRefused(_host.Stranger(), route, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
            await IsRefused(_host.With("eyJhbGciOiJub25lIn0.e30."), route, HttpStatusCode.Unauthorized, "INVALID_TOKEN");
        }
    }

    [Fact]
    public async Task What_operators_do_is_for_nobody_else()
    {
        var user = _host.Caller();
        var program = await ProgramAsync(_host.Caller(), "read,trade");
        var routes = _routes.Where(route => route.IsOperators).ToArray();

        Assert.InRange(routes.Length, 32, 100);
        foreach (var route in routes)
        {
            await IsRefused(user, route, HttpStatusCode.Forbidden, "ADMINS_ONLY");
            var answer = await program.Send(route.Method, route.Path, "", route.Body?.ToJsonString());
            Assert.True((HttpStatusCode.Forbidden, "ADMINS_ONLY") == (answer.Status, answer.Code), $"{route.Name}: {answer.Body}");
        }

        Assert.Empty(_host.Grains.Markets.Calls);
    }

    [Fact]
    public async Task A_key_that_reads_changes_nothing_and_one_that_trades_sees_nothing()
    {
        var person = _host.Caller();
        var reads = await ProgramAsync(person, "read");
        var trades = await ProgramAsync(person, "trade");

        foreach (var route in _routes.Where(route => route.NeedsCaller && !route.IsOperators))
        {
            var answer = await (route.Method == HttpMethod.Get ? trades : reads).Send(route.Method, route.Path, "", route.Body?.ToJsonString());
            Assert.True(
                answer.Status == HttpStatusCode.Forbidden && answer.Code is "PERMISSION_DENIED" or "PEOPLE_ONLY", $"{route.Name}: {answer.Body}");
        }

        Assert.Empty(person.Portfolio.Calls);
    }

    [Fact]
    public async Task Whoever_names_another_user_is_refused_wherever_a_user_can_be_named()
    {
        var user = _host.Caller();
        var another = _host.Caller().Account.ToString(CultureInfo.InvariantCulture);
        var routes = _routes.Where(route => route.NeedsCaller && !route.IsOperators && route.TakesUser).ToArray();

        Assert.InRange(routes.Length, 20, 100);
        foreach (var route in routes)
            await IsRefused(user, route.Naming(another), HttpStatusCode.Forbidden, "NOT_YOUR_ACCOUNT");
        Assert.Empty(user.Portfolio.Calls);
    }

    private static Route[] RoutesOf(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Route(new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value!),
    ];

    private static async Task IsRefused(ApiClient client, Route route, HttpStatusCode status, string code)
    {
        using var body = route.Body is null ? null : new StringContent(route.Body.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await client.Send(route.Method, route.Path, body);
        Assert.True((status, code) == (answer.Status, answer.Code), $"{route.Name}: {answer.Body}");
    }

    private async Task<SignedClient> ProgramAsync(ApiClient person, string permissions)
    {
        var key = Wire.Read<CreatedKey>((await person.Post("/api/v1/keys", $$"""{"permissions":"{{permissions}}"}""")).Body);
        return new SignedClient(_host, key.ApiKey, key.Secret!);
    }

    /// <summary>With the body that its description gives as an example.</summary>
    private sealed record Route(HttpMethod Method, string Template, JsonNode Operation)
    {
        public string Name => $"{Method} {Template}";
        public string Path { get; init; } = Template.Replace("{symbol}", "BTC_USDT", StringComparison.Ordinal)
            .Replace("{userId}", "1234", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal);
        public JsonNode? Body { get; init; } = Operation["requestBody"]?["content"]?["application/json"]?["example"]?.DeepClone();
        public bool NeedsCaller => Operation["security"] is not null;
        public bool IsOperators => Template.Contains("/admin/", StringComparison.Ordinal);
        public bool TakesUser => Query.Contains("userId") || BodyFields.Contains("userId");

        private string[] Query => [.. (Operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!["name"]!.GetValue<string>())];

        private string[] BodyFields
        {
            get
            {
                var schema = Operation["requestBody"]?["content"]?["application/json"]?["schema"];
                return [.. ((schema?["items"] ?? schema)?["properties"]?.AsObject() ?? []).Select(property => property.Key)];
            }
        }

        public Route Naming(string user)
        {
            if (Body is null)
                return this with { Path = $"{Path}?userId={user}{Needed()}" };
            var body = Body.DeepClone();
            (body is JsonArray list ? list[0]! : body)["userId"] = user;
            return this with { Body = body };
        }

        /// <summary>What names one thing cannot be asked without naming one.</summary>
        private string Needed() =>
            Query.Contains("orderListId") ? "&orderListId=1"
            : Query.Contains("positionId") ? "&positionId=1"
            : Query.Contains("clientOrderId") ? "&orderId=1&market=BTC_USDT"
            : Query.Contains("orderId") ? "&market=BTC_USDT"
            : "";
    }
}
