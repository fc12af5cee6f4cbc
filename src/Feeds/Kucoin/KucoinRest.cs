using System.Globalization;
using System.Text;
using System.Text.Json;
using Exchange.Domain.Orders;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>KuCoin wraps every answer in a code and data.</summary>
internal static class KucoinRest
{
    private const string Success = "200000";

    public static T Read<T>(byte[] answer, Func<JsonElement, T> read) => VenueJson.Read(answer, root =>
    {
        string code = root.GetProperty("code").GetString()!;
        if (code != Success)
            throw new VenueException($"{code} {(root.TryGetProperty("msg", out var text) ? text.ToString() : "")}".TrimEnd());
        return read(root.GetProperty("data"));
    });

    public static bool TryReadDepth(ReadOnlySpan<byte> answer, UnitScale prices, UnitScale lots, DepthScratch levels, out long sequence)
    {
        sequence = 0;
        levels.Clear();
        try
        {
            var json = new Utf8JsonReader(answer);
            while (json.Read())
            {
                // The fields sit in data, and their names occur nowhere else.
                if (json.TokenType != JsonTokenType.PropertyName)
                    continue;
                bool isSequence = json.ValueTextEquals("sequence"u8);
                bool isBids = json.ValueTextEquals("bids"u8);
                bool isAsks = json.ValueTextEquals("asks"u8);
                if (!isSequence && !isBids && !isAsks)
                    continue;
                json.Read();
                if (isSequence && !json.TryReadLong(out sequence))
                    return false;
                if (!isSequence && !levels.TryReadLevels(ref json, isBids ? Side.Buy : Side.Sell, prices, lots))
                    return false;
            }
            return sequence > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Newest first, and the close before the high.</summary>
    public static IReadOnlyList<VenueCandle> ReadSpotCandles(byte[] answer, CandleScale scale) => Read(answer, data => Candles(
        data, row => scale.Read(
            long.Parse(row[0].GetString()!, CultureInfo.InvariantCulture) * 1000,
            Text(row[1]), Text(row[3]), Text(row[4]), Text(row[2]), Text(row[5]), Text(row[6]), trades: 0)));

    public static IReadOnlyList<VenueCandle> ReadFuturesCandles(byte[] answer, CandleScale scale) => Read(answer, data => Candles(
        data, row => scale.Read(
            row[0].GetInt64(), Text(row[1]), Text(row[2]), Text(row[3]), Text(row[4]), Text(row[5]),
            row.GetArrayLength() > 6 ? Text(row[6]) : [], trades: 0)));

    public static IReadOnlyList<VenueMarket> ReadSpotMarkets(byte[] answer) => Read(answer, data =>
        data.EnumerateArray().Select(symbol => new VenueMarket(
            symbol.GetProperty("symbol").GetString()!,
            symbol.GetProperty("baseCurrency").GetString()!,
            symbol.GetProperty("quoteCurrency").GetString()!,
            Number(symbol, "priceIncrement"),
            Number(symbol, "baseIncrement"),
            Number(symbol, "baseMinSize"),
            Number(symbol, "baseMaxSize"),
            Number(symbol, "baseMaxSize"),
            Number(symbol, "minFunds"),
            MaxPrice: 0,
            symbol.GetProperty("enableTrading").GetBoolean(),
            Unit: 1)).ToList());

    /// <summary>Contracts that are settled in their base asset are left out: what one is worth depends on the price.</summary>
    public static IReadOnlyList<VenueMarket> ReadFuturesMarkets(byte[] answer) => Read(answer, data =>
        data.EnumerateArray().Where(contract => !contract.GetProperty("isInverse").GetBoolean()).Select(contract =>
        {
            decimal unit = Number(contract, "multiplier");
            string asset = contract.GetProperty("baseCurrency").GetString()!;
            return new VenueMarket(
                contract.GetProperty("symbol").GetString()!,
                asset == "XBT" ? "BTC" : asset,
                contract.GetProperty("quoteCurrency").GetString()!,
                Number(contract, "tickSize"),
                Number(contract, "lotSize") * unit,
                Number(contract, "lotSize") * unit,
                Number(contract, "maxOrderQty") * unit,
                Number(contract, "maxOrderQty") * unit,
                MinNotional: 0,
                Number(contract, "maxPrice"),
                contract.GetProperty("status").GetString() == "Open",
                unit);
        }).ToList());

    private static List<VenueCandle> Candles(JsonElement rows, Func<JsonElement, VenueCandle?> read)
    {
        var candles = new List<VenueCandle>();
        foreach (var row in rows.EnumerateArray())
        {
            if (read(row) is { } candle)
                candles.Add(candle);
        }
        return candles;
    }

    /// <summary>Zero where the venue gives none; it sends numbers as numbers or as strings.</summary>
    private static decimal Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : 0;

    private static byte[] Text(JsonElement element) => Encoding.ASCII.GetBytes(element.ToString());
}
