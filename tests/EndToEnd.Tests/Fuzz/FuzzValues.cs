namespace Exchange.EndToEnd.Tests.Fuzz;

/// <summary>Values that a field could have, as JSON, and values that nothing should have.</summary>
internal static class FuzzValues
{
    public static readonly string[] Strange =
    [
        "-1", "0", "1e5", "1e400", "-0", "1.7976931348623157e309", "123456789012345678901234567890", "\"NaN\"", "\"Infinity\"", "NaN", "null",
        "true", "[]", "{}", "[1,2,3]", "{\"a\":{\"b\":1}}", "\"\"", "\" \"", "\"１\"", "\"\\u0031\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"../../etc/passwd\"", "\"' OR 1=1 --\"", "\"<script>\"", "\"%s%n\"", "\"9223372036854775807\"", "9223372036854775808",
        "\"79228162514264337593543950335\"", "\"0.0000000000000000000000000001\"", "\"9999999999999.999999999999999\"", "\"🙂\"",
        "\"\\r\\nSet-Cookie: a=b\"", "\"4294967297\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]",
    ];

    public static readonly string[] StrangeNames =
        ["", "__proto__", "Price", "pr\\u0069ce", "\\ud800", "a\\u0000b", "timestamp", "signature", "admin"];

    public static readonly string[] StrangePaths =
    [
        "/api/v1/nothing", "/api/v1/order/", "/api/v1//order", "/api/v1/order%2f..", "/api/v1/%00", "/api/v1/%ff", "/api/v1/order;a=b",
        "/api/v1/..%2f..%2fetc%2fpasswd", "/api/admin/nothing", "/docs", "/ws",
    ];

    private static readonly HashSet<string> Usual =
    [
        "market", "price", "quantity", "asset", "amount", "margin", "leverage", "direction", "side", "kind", "email", "permissions",
        "aboveType", "abovePrice", "belowType", "belowStopPrice", "orderId", "positionId", "listClientOrderId", "upToId",
    ];

    private static readonly string[] Few = ["\"1\"", "\"2\"", "\"3\"", "\"10\"", "1", "\"0.5\""];
    private static readonly string[] Ids = ["\"4294967297\"", "\"4294967298\"", "\"8589934593\"", "\"8589934594\"", "\"12884901889\"", "4294967299"];

    private static readonly Dictionary<string, string[]> Plausible = new(StringComparer.Ordinal)
    {
        ["market"] = ["\"TATA_INR\"", "\"TATA_INR\"", "\"BTC_USDT\"", "\"SOLUSDC\"", "\"eth-usdt\""],
        ["symbol"] = ["\"TATA_INR\"", "\"TATA_INR\"", "\"BTC_USDT\"", "\"SOLUSDC\""],
        ["side"] = ["\"buy\"", "\"SELL\"", "\"sell\""],
        ["direction"] = ["\"LONG\"", "\"short\""],
        ["type"] = ["\"limit\"", "\"market\"", "\"LIMIT_MAKER\"", "\"STOP_LOSS_LIMIT\""],
        ["stopPrice"] = ["\"100.20\"", "\"99.80\""],
        ["aboveType"] = ["\"LIMIT_MAKER\""],
        ["abovePrice"] = ["\"100.50\""],
        ["aboveStopPrice"] = ["null"],
        ["aboveTrailingDelta"] = ["null"],
        ["aboveTimeInForce"] = ["null"],
        ["belowType"] = ["\"STOP_LOSS\""],
        ["belowPrice"] = ["null"],
        ["belowStopPrice"] = ["\"99.50\""],
        ["belowTrailingDelta"] = ["null", "null", "100"],
        ["belowTimeInForce"] = ["null"],
        ["userId"] = ["\"1\"", "\"2\"", "\"3\"", "\"4\""],
        ["kind"] = ["\"CREDIT\"", "\"DEBIT\""],
        ["enabled"] = ["true", "false"],
        ["timeInForce"] = ["\"GTC\"", "\"IOC\"", "\"FOK\""],
        ["selfTradePrevention"] = ["\"NONE\"", "\"EXPIRE_BOTH\"", "\"EXPIRE_TAKER\""],
        ["price"] = ["\"100\"", "\"100.05\"", "\"99.95\"", "\"100.10\""],
        ["quantity"] = ["\"1\"", "\"2\"", "\"5\"", "\"0.001\""],
        ["quoteAmount"] = ["\"500\"", "\"100\""],
        ["icebergQuantity"] = ["\"1\""],
        ["asset"] = ["\"USDT\"", "\"INR\"", "\"TATA\"", "\"USDC\"", "\"btc\"", "\"SOL_USDC\""],
        ["amount"] = ["\"10000\"", "\"50\"", "\"1\""],
        ["margin"] = ["\"10\"", "\"100\"", "\"5000\""],
        ["leverage"] = ["\"1\"", "\"10\"", "\"100\"", "10"],
        ["email"] = ["\"fuzz1@example.org\"", "\"fuzz2@example.org\""],
        ["password"] = ["\"short\""],
        ["permissions"] = ["\"read\"", "\"read,trade\"", "\"admin\""],
        ["ipAllowList"] = ["\"127.0.0.1\"", "\"10.0.0.0/8\""],
        ["interval"] = ["\"1m\"", "\"1h\"", "\"1d\""],
        ["period"] = ["\"5m\"", "\"1h\"", "\"1d\""],
        ["command"] = ["\"CREATE_TRADE\"", "\"CREATE_TRADE\"", "\"CLOSE_TRADE\"", "\"GET_BALANCE\"", "\"GET_USD_BALANCE\"", "\"CREATE_ACCOUNT\""],
    };

    /// <summary>What whoever means it gives, needed or not.</summary>
    public static bool IsUsual(string field) => Usual.Contains(field);

    public static string[] Of(string field) =>
        Plausible.TryGetValue(field, out var values) ? values
        : field.EndsWith("Id", StringComparison.Ordinal) && field is not ("orderId" or "positionId") ? Few
        : field.EndsWith("Id", StringComparison.Ordinal) || field is "cursor" ? Ids
        : Few;
}
