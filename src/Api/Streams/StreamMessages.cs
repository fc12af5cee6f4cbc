using System.Buffers;
using System.Text.Json;
using Exchange.Api.Json;
using Exchange.Api.Markets;
using Exchange.Api.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;

namespace Exchange.Api.Streams;

/// <summary>The shapes of the streams: <c>{"stream":..., "data":{"e":...}}</c>.</summary>
internal static partial class StreamMessages
{
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("p");
    private static readonly JsonEncodedText Quantity = JsonEncodedText.Encode("q");
    private static readonly JsonEncodedText TradeId = JsonEncodedText.Encode("t");
    private static readonly JsonEncodedText OrderId = JsonEncodedText.Encode("orderId");
    private static readonly JsonEncodedText Fee = JsonEncodedText.Encode("fee");
    private static readonly JsonEncodedText Available = JsonEncodedText.Encode("available");
    private static readonly JsonEncodedText Locked = JsonEncodedText.Encode("locked");

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>A whole frame, ready to be sent to however many.</summary>
    public static byte[] Build<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var into = buffer ??= new ArrayBufferWriter<byte>(4096);
        var json = writer ??= new Utf8JsonWriter(into, new JsonWriterOptions { SkipValidation = true });
        into.ResetWrittenCount();
        json.Reset();
        write(json, value);
        json.Flush();
        return Frame.Of(into.WrittenSpan);
    }

    public static byte[] Depth(string stream, string symbol, long atMs, DepthIncrement increment) =>
        Build((stream, symbol, atMs, increment), static (json, it) =>
        {
            Begin(json, it.stream, "depth", it.symbol, it.atMs);
            json.WriteNumber("U"u8, it.increment.FirstId);
            json.WriteNumber("u"u8, it.increment.LastId);
            WriteLevels(json, "b", it.increment.Bids.Select(level => (level.Price, level.Quantity)));
            WriteLevels(json, "a", it.increment.Asks.Select(level => (level.Price, level.Quantity)));
            End(json);
        });

    public static byte[] DepthSnapshot(
        string stream, string symbol, long atMs, long lastId, SortedDictionary<decimal, decimal> bids, SortedDictionary<decimal, decimal> asks) =>
        Build((stream, symbol, atMs, lastId, bids, asks), static (json, it) =>
        {
            Begin(json, it.stream, "depthSnapshot", it.symbol, it.atMs);
            json.WriteNumber("u"u8, it.lastId);
            WriteLevels(json, "b", it.bids.Select(level => (level.Key, level.Value)));
            WriteLevels(json, "a", it.asks.Select(level => (level.Key, level.Value)));
            End(json);
        });

    public static byte[] Trades(string stream, SymbolUpdate update) =>
        Build((stream, update), static (json, it) =>
        {
            Begin(json, it.stream, "trade", it.update.Symbol, it.update.AtMs);
            json.WriteStartArray("trades"u8);
            foreach (var trade in it.update.Trades)
            {
                json.WriteStartObject();
                json.WriteId(TradeId, trade.TradeId);
                json.WriteDecimal(Price, trade.Price);
                json.WriteDecimal(Quantity, trade.Quantity);
                json.WriteString("side"u8, WireNames.Sides.Json(trade.TakerSide));
                json.WriteNumber("T"u8, trade.AtMs);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            End(json);
        });

    public static byte[] Ticker(string stream, Ticker ticker, long atMs) =>
        Build((stream, ticker, atMs), static (json, it) =>
        {
            Begin(json, it.stream, "ticker", it.ticker.Symbol, it.atMs);
            json.WritePropertyName("ticker"u8);
            JsonSerializer.Serialize(json, it.ticker, ApiJson.Default.Ticker);
            End(json);
        });

    public static byte[] Kline(StreamName stream, Candle candle, bool isClosed, long atMs) =>
        Build((stream, candle, isClosed, atMs), static (json, it) =>
        {
            Begin(json, it.stream.Text, "kline", it.stream.Market!.Symbol, it.atMs);
            json.WriteString("i"u8, it.stream.Interval.Name);
            json.WriteBoolean("x"u8, it.isClosed);
            json.WritePropertyName("kline"u8);
            JsonSerializer.Serialize(json, it.candle, ApiJson.Default.Candle);
            End(json);
        });

    public static byte[] Order(AccountUpdate update, OrderView order) =>
        Build((update, order), static (json, it) =>
        {
            BeginUser(json, "order", it.update);
            json.WritePropertyName("order"u8);
            OrderWriter.WriteOrder(json, it.order);
            End(json);
        });

    public static byte[] Fill(AccountUpdate update, OwnFill fill) =>
        Build((update, fill), static (json, it) =>
        {
            BeginUser(json, "fill", it.update);
            json.WriteString("s"u8, it.fill.Symbol);
            json.WriteId(TradeId, it.fill.TradeId);
            json.WriteId(OrderId, it.fill.OrderId);
            json.WriteString("side"u8, WireNames.Sides.Json(it.fill.Side));
            json.WriteDecimal(Price, it.fill.Price);
            json.WriteDecimal(Quantity, it.fill.Quantity);
            json.WriteDecimal(Fee, it.fill.Fee);
            json.WriteString("feeAsset"u8, it.fill.FeeAsset);
            End(json);
        });

    public static byte[] Balances(AccountUpdate update) =>
        Build(update, static (json, it) =>
        {
            BeginUser(json, "balance", it);
            json.WriteStartArray("balances"u8);
            foreach (var balance in it.Balances)
            {
                json.WriteStartObject();
                json.WriteString("asset"u8, balance.Asset);
                json.WriteDecimal(Available, balance.Available);
                json.WriteDecimal(Locked, balance.Locked);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            End(json);
        });

    /// <summary>Something may have been missed: the owner should ask for orders and balances anew.</summary>
    public static byte[] Resync(string stream) =>
        Build(stream, static (json, it) =>
        {
            json.WriteStartObject();
            json.WriteString("stream"u8, it);
            json.WriteStartObject("data"u8);
            json.WriteString("e"u8, "resync"u8);
            End(json);
        });

    private static void BeginUser(Utf8JsonWriter json, string kind, AccountUpdate update)
    {
        json.WriteStartObject();
        json.WriteString("stream"u8, StreamName.User.Text);
        json.WriteStartObject("data"u8);
        json.WriteString("e"u8, kind);
        json.WriteNumber("E"u8, update.AtMs);
        json.WriteNumber("u"u8, update.Sequence);
    }

    private static void Begin(Utf8JsonWriter json, string stream, string kind, string symbol, long atMs)
    {
        json.WriteStartObject();
        json.WriteString("stream"u8, stream);
        json.WriteStartObject("data"u8);
        json.WriteString("e"u8, kind);
        if (atMs != 0)
            json.WriteNumber("E"u8, atMs);
        json.WriteString("s"u8, symbol);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, IEnumerable<(decimal Price, decimal Quantity)> levels)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            json.WriteStartArray();
            json.WriteDecimalValue(price);
            json.WriteDecimalValue(quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
