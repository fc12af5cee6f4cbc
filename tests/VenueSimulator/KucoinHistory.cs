namespace Exchange.VenueSimulator;

/// <summary>Answers about the past and about definitions, in the documented shapes.</summary>
internal static class KucoinHistory
{
    /// <summary>Newest first, [second, open, close, high, low, volume, turnover], all as text.</summary>
    public static string SpotCandles(long startAt, long endAt)
    {
        var rows = new List<string>();
        for (long open = (startAt + 59) / 60 * 60; open < endAt && rows.Count < 1500; open += 60)
            rows.Add($"[\"{open}\",\"100.5\",\"101.5\",\"102.25\",\"99.75\",\"3\",\"303\"]");
        rows.Reverse();
        return $"[{string.Join(',', rows)}]";
    }

    /// <summary>Oldest first, [millisecond, open, high, low, close, contracts], as numbers.</summary>
    public static string FuturesCandles(long from, long to)
    {
        var rows = new List<string>();
        for (long open = (from + 59_999) / 60_000 * 60_000; open < to && rows.Count < 200; open += 60_000)
            rows.Add($"[{open},100.5,102.5,99.5,101.5,3000]");
        return $"[{string.Join(',', rows)}]";
    }

    public static string Symbol(string symbol) =>
        $$"""
        {"symbol":"{{symbol}}","baseCurrency":"{{symbol.Split('-')[0]}}","quoteCurrency":"{{symbol.Split('-')[1]}}",
        "baseMinSize":"0.00001","baseMaxSize":"10000","baseIncrement":"0.00000001","priceIncrement":"0.1","minFunds":"0.1",
        "enableTrading":true}
        """;

    public static string Contract(string symbol) =>
        $$"""
        {"symbol":"{{symbol}}","baseCurrency":"XBT","quoteCurrency":"USDT","maxOrderQty":1000000,"maxPrice":1000000.0,
        "lotSize":1,"tickSize":0.1,"multiplier":0.001,"isInverse":false,"status":"Open"}
        """;
}
