using Exchange.Api.Json;
using Exchange.Api.Markets;
using Microsoft.OpenApi;

namespace Exchange.Api.OpenApi;

/// <summary>What the fields of bodies and query strings mean: one name means one thing on every route.</summary>
internal static class FieldDocs
{
    private static readonly Dictionary<string, Func<OpenApiSchema>> Docs = new(StringComparer.Ordinal)
    {
        ["market"] = () => Text("A market: BTC_USDT; BTC-USDT, BTCUSDT and lower case are understood too.", "BTC_USDT"),
        ["symbol"] = () => Text("The same as market, under its other name.", "BTC_USDT"),
        ["side"] = () => OneOf(WireNames.Sides.All, "Upper or lower case."),
        ["type"] = () => OneOf(WireNames.OrderTypes.All, "LIMIT where it is not given."),
        ["timeInForce"] = () => OneOf(WireNames.TimesInForce.All, "GTC where it is not given."),
        ["price"] = () => Decimal("The limit price, a multiple of the market's tick size.", "65000.10"),
        ["quantity"] = () => Decimal("In the base asset, a multiple of the market's lot size.", "0.25"),
        ["quoteAmount"] = () => Decimal("For a MARKET order instead of the quantity: what to spend or to bring, in the quote asset.", "500"),
        ["icebergQuantity"] = () => Decimal("How much of the order the book shows at a time.", "0.05"),
        ["selfTradePrevention"] = () => OneOf(WireNames.SelfTrade.All, "What happens when the order meets one of the same account; NONE where it is not given."),
        ["clientOrderId"] = () => Text("Chosen by the client, 1 to 36 characters of A-Z a-z 0-9 . _ : / -. The same id with the same content is the same order.", "my-order-1"),
        ["userId"] = () => Text("May be given, but only as the id of who signed in.", "17"),
        ["orderId"] = () => Text("The exchange's id of an order.", "4294967297"),
        ["email"] = () => Text("Where you can be reached.", "you@example.org"),
        ["password"] = () => Text("12 to 128 characters.", "correct horse battery staple"),
        ["token"] = () => Text("From the link in the mail.", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln"),
        ["sessionId"] = () => Text("From the list of sessions.", "0123456789abcdef0123456789abcdef"),
        ["apiKey"] = () => Text("The id of an API key.", new string('0', 64)),
        ["label"] = () => Text("What you call the key, at most 64 characters.", "my bot"),
        ["permissions"] = () => Text("Some of read, trade and admin, with commas between them; admin only for operators.", "read,trade"),
        ["ipAllowList"] = () => Text("Addresses or networks that may use the key, with commas between them; at most 16. All where it is not given.", "192.0.2.7,10.0.0.0/8"),
        ["depositId"] = () => Text("Chosen by the client: the same id with the same content is the same deposit.", "my-deposit-1"),
        ["asset"] = () => Text("The code of an asset.", "USDT"),
        ["amount"] = () => Decimal("How much, in that asset.", "10000"),
        ["limit"] = () => Integer($"How many at most: 1 to {MarketEndpoints.MaxLimit}, {MarketEndpoints.DefaultLimit} where it is not given."),
        ["interval"] = () => OneOf(MarketEndpoints.IntervalNames, "1m where it is not given."),
        ["startTime"] = () => Integer("Unix time in milliseconds, inclusive."),
        ["endTime"] = () => Integer("Unix time in milliseconds, inclusive."),
        ["cursor"] = () => Text("The nextCursor of the page before.", "4294967297"),
    };

    public static OpenApiSchema SchemaOf(string field) =>
        Docs.TryGetValue(field, out var schema) ? schema() : throw new InvalidOperationException($"The field '{field}' is not documented.");

    private static OpenApiSchema Text(string description, string example) =>
        new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };

    private static OpenApiSchema Decimal(string description, string example) =>
        new() { Type = JsonSchemaType.String, Format = "decimal", Description = description, Examples = [example] };

    private static OpenApiSchema Integer(string description) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };

    private static OpenApiSchema OneOf(IReadOnlyList<string> names, string description) =>
        new() { Type = JsonSchemaType.String, Description = description, Enum = [.. names] };
}
