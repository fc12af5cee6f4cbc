using System.Globalization;
using System.Text;

namespace Exchange.Api.Tests;

public sealed record RandomRequest(HttpMethod Method, string Path, byte[]? Body, string ContentType);

/// <summary>Requests that are almost right, from a seed: real routes and fields with strange values, and some plain noise.</summary>
public sealed class RandomRequests(int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "DELETE", "PUT", "PATCH"];

    private static readonly string[] Paths =
    [
        "/api/v1/order", "/api/v1/openOrders", "/api/v1/onramp", "/api/v1/balances", "/api/v1/user/me", "/api/v1/user/signup",
        "/api/v1/keys", "/api/v1/user/sessions", "/api/v1/user/signin/post", "/api/admin/audit",
        "/api/admin/workers/health", "/api/admin/workers/jobs/4294967297", "/api/admin/workers/jobs/%00", "/api/admin/workers/emergency-stop",
        "/api/admin/workers/restart", "/api/admin/symbols/BTC_USDT/halt", "/api/admin/symbols/%ff/delist", "/api/admin/users",
        "/api/admin/users/1234", "/api/admin/users/-1/freeze", "/api/admin/users/1234/adjust", "/api/admin/market-makers/TATA_INR",
        "/api/v1/admin/dead-letters", "/api/v1/admin/dead-letters/1/retry", "/api/v1/admin/dead-letters/%2e%2e",
        "/api/v1/depth", "/api/v1/trades", "/api/v1/klines", "/api/v1/tickers", "/api/v1/ticker/24hr", "/api/v1/time",
        "/api/v1/exchangeInfo", "/api/v1/markets", "/api/v1/orders", "/api/v1/myTrades", "/api/v1/nothing", "/api/v1/order/", "/api/v1//order",
        "/api/v1/order%2f..", "/api/v1/%00", "/api/v1/%ff", "/api/v1/..%2f..%2fetc%2fpasswd", "/health",
    ];

    private static readonly string[] Names =
    [
        "market", "symbol", "side", "type", "timeInForce", "price", "quantity", "quoteAmount", "icebergQuantity", "selfTradePrevention",
        "clientOrderId", "userId", "orderId", "email", "depositId", "asset", "amount", "limit", "interval", "startTime", "endTime", "cursor",
        "label", "permissions", "ipAllowList", "apiKey", "sessionId", "token", "timestamp", "recvWindow", "signature",
        "reason", "kind", "adjustmentId", "enabled", "levels", "reference", "referencePrice",
        "", "__proto__", "Price", "pr\\u0069ce", "\\ud800", "a\\u0000b",
    ];

    private static readonly string[] Values =
    [
        "\"BTC_USDT\"", "\"TATA_INR\"", "\"NOPE\"", "\"buy\"", "\"SELL\"", "\"limit\"", "\"market\"", "\"IOC\"", "\"1\"", "\"100.50\"", "1", "0.1",
        "-1", "0", "1e5", "1e400", "-0", "1.7976931348623157e309", "123456789012345678901234567890", "\"NaN\"", "\"Infinity\"", "NaN", "null",
        "true", "[]", "{}", "[1,2,3]", "{\"a\":{\"b\":1}}", "\"\"", "\" \"", "\"１\"", "\"\\u0031\"", "\"\\ud800\"", "\"\\u0000\"", "\"a@b.cd\"",
        "\"../../etc/passwd\"", "\"' OR 1=1 --\"", "\"<script>\"", "\"%s%n\"", "\"9223372036854775807\"", "9223372036854775808", "\"1m\"", "\"1000\"",
        "\"USDT\"", "\"usdt\"", "\"🙂\"", "\"\\r\\nSet-Cookie: a=b\"",
    ];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json", "application/json", "application/json; charset=utf-8", "text/plain",
         "application/json; charset=utf-7", "json"];

    private readonly Random random = new(seed);

    public RandomRequest Next()
    {
        var method = new HttpMethod(Pick(Methods));
        var path = Pick(Paths) + (random.Next(2) == 0 ? "" : Query());
        var body = method == HttpMethod.Get || random.Next(8) == 0 ? null : Body();
        return new RandomRequest(method, path, body, Pick(ContentTypes));
    }

    private string Query()
    {
        var pairs = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{Uri.EscapeDataString(Pick(Names))}={Value()}");
        return "?" + string.Join('&', pairs);

        string Value()
        {
            var value = Pick(Values).Trim('"');
            return random.Next(4) == 0 ? "%ff%fe%00" : Uri.EscapeDataString(value);
        }
    }

    private byte[] Body()
    {
        var body = Encoding.UTF8.GetBytes(random.Next(10) switch
        {
            0 => new string('[', random.Next(1, 3000)),
            1 => Pick(Values),
            2 => new string(' ', random.Next(20_000)),
            _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(8)).Select(_ => $"\"{Pick(Names)}\":{Pick(Values)}")) + "}",
        });
        for (var damage = random.Next(6) - 3; damage > 0 && body.Length > 0; damage--)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        return random.Next(10) == 0 ? body[..random.Next(body.Length + 1)] : body;
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    public override string ToString() => seed.ToString(CultureInfo.InvariantCulture);
}
