namespace Exchange.VenueSimulator;

/// <summary>Answers about the past and about definitions, in the documented shapes.</summary>
internal static class BinanceHistory
{
    private const long Minute = 60_000;

    /// <summary>A candle for every minute: prices follow from the minute, so a test can tell them in advance.</summary>
    public static string Klines(long startTime, long endTime, int limit)
    {
        var rows = new List<string>();
        for (long open = (startTime + Minute - 1) / Minute * Minute; open <= endTime && rows.Count < limit; open += Minute)
        {
            decimal price = 100 + open / Minute % 1000 / 100m;
            string[] prices = [.. new[] { price, price + 1, price - 1, price + 0.5m }.Select(VenueBook.Text)];
            rows.Add(
                $"[{open},\"{string.Join("\",\"", prices)}\",\"2.00000000\",{open + Minute - 1},\"{VenueBook.Text(2 * price)}\",7,"
                + $"\"1.00000000\",\"{prices[0]}\",\"0\"]");
        }
        return $"[{string.Join(',', rows)}]";
    }

    public static string ExchangeInfo(IEnumerable<string> symbols) =>
        $$"""{"timezone":"UTC","symbols":[{{string.Join(',', symbols.Order().Select(Symbol))}}]}""";

    private static string Symbol(string symbol) =>
        $$"""
        {"symbol":"{{symbol}}","status":"TRADING","baseAsset":"{{symbol[..^4]}}","quoteAsset":"{{symbol[^4..]}}","filters":[
        {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
        {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
        {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"115.00000000","stepSize":"0.00000000"},
        {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true}]}
        """;
}
