using System.Globalization;
using System.Text;
using System.Text.Json;
using Exchange.Domain.Orders;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Binance;

internal static class BinanceRest
{
    public static bool TryReadDepth(ReadOnlySpan<byte> answer, UnitScale prices, UnitScale lots, DepthScratch levels, out long lastUpdateId)
    {
        lastUpdateId = 0;
        levels.Clear();
        try
        {
            var json = new Utf8JsonReader(answer);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = json.ValueTextEquals("lastUpdateId"u8);
                bool isBids = json.ValueTextEquals("bids"u8);
                bool isAsks = json.ValueTextEquals("asks"u8);
                json.Read();
                if (isId && !json.TryReadLong(out lastUpdateId))
                    return false;
                if ((isBids || isAsks) && !levels.TryReadLevels(ref json, isBids ? Side.Buy : Side.Sell, prices, lots))
                    return false;
                if (!isId && !isBids && !isAsks)
                    json.Skip();
            }
            return json.TokenType == JsonTokenType.EndObject && lastUpdateId > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static IReadOnlyList<VenueCandle> ReadCandles(byte[] answer, CandleScale scale) => VenueJson.Read(answer, root =>
    {
        var candles = new List<VenueCandle>();
        foreach (var row in root.EnumerateArray())
        {
            var candle = scale.Read(
                row[0].GetInt64(), Text(row[1]), Text(row[2]), Text(row[3]), Text(row[4]), Text(row[5]), Text(row[7]), row[8].GetInt32());
            if (candle is { } traded)
                candles.Add(traded);
        }
        return candles;
    });

    public static IReadOnlyList<VenueMarket> ReadMarkets(byte[] answer) => VenueJson.Read(answer, root =>
    {
        var markets = new List<VenueMarket>();
        foreach (var symbol in root.GetProperty("symbols").EnumerateArray())
        {
            if (ReadMarket(symbol) is { } market)
                markets.Add(market);
        }
        return markets;
    });

    private static VenueMarket? ReadMarket(JsonElement symbol)
    {
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
        if (!filters.TryGetValue("PRICE_FILTER", out var price) || !filters.TryGetValue("LOT_SIZE", out var lot))
            return null;
        decimal tickSize = Number(price, "tickSize");
        decimal lotSize = Number(lot, "stepSize");
        if (tickSize <= 0 || lotSize <= 0)
            return null;
        decimal maxMarket = filters.TryGetValue("MARKET_LOT_SIZE", out var marketLot) ? Number(marketLot, "maxQty") : 0;
        decimal minNotional = filters.TryGetValue("NOTIONAL", out var notional) || filters.TryGetValue("MIN_NOTIONAL", out notional)
            ? Number(notional, "minNotional")
            : 0;
        return new VenueMarket(
            symbol.GetProperty("symbol").GetString()!,
            symbol.GetProperty("baseAsset").GetString()!,
            symbol.GetProperty("quoteAsset").GetString()!,
            tickSize,
            lotSize,
            Number(lot, "minQty"),
            Number(lot, "maxQty"),
            maxMarket > 0 ? maxMarket : Number(lot, "maxQty"),
            minNotional,
            Number(price, "maxPrice"),
            symbol.GetProperty("status").GetString() == "TRADING",
            Unit: 1);
    }

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static byte[] Text(JsonElement element) => Encoding.ASCII.GetBytes(element.GetString() ?? "");
}
