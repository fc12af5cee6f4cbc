using System.Buffers;
using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Replay;

/// <summary>Writes one call to a listener as one line: its kind, the market, when it was heard, what was said.</summary>
internal static class RecordLine
{
    public static byte[] Market(Market market, string venue, long heardAtMs) => Write("market", market.Symbol, heardAtMs, json =>
    {
        json.WriteString("v", venue);
        json.WriteNumber("tick", market.TickSize);
        json.WriteNumber("lot", market.LotSize);
    });

    public static byte[] Snapshot(
        string symbol, ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs, long heardAtMs)
    {
        var (bidLevels, askLevels) = (bids.ToArray(), asks.ToArray());
        return Write("snap", symbol, heardAtMs, json => WriteBook(json, bidLevels, askLevels, atMs));
    }

    /// <summary>
    /// The book and the state as known, so that a file can be read without the one before it. If lines before it were
    /// lost, it is news to those who read that one too.
    /// </summary>
    public static byte[] Book(
        string symbol, DepthLevel[] bids, DepthLevel[] asks, FeedState state, string reason, bool isAfterLoss, long atMs, long heardAtMs) =>
        Write("book", symbol, heardAtMs, json =>
        {
            WriteBook(json, bids, asks, atMs);
            WriteNumbers(json, (int)state, isAfterLoss ? 1 : 0);
            json.WriteString("r", reason);
        });

    public static byte[] Changes(string symbol, ReadOnlySpan<DepthChange> changes, long atMs, long heardAtMs)
    {
        var list = changes.ToArray();
        return Write("diff", symbol, heardAtMs, json =>
        {
            json.WriteNumber("t", atMs);
            json.WriteStartArray("c");
            foreach (var change in list)
            {
                json.WriteNumberValue((int)change.Side);
                json.WriteNumberValue(change.Price);
                json.WriteNumberValue(change.Lots);
            }
            json.WriteEndArray();
        });
    }

    public static byte[] Trade(string symbol, VenueTrade trade, long heardAtMs) => Write("trade", symbol, heardAtMs, json =>
    {
        json.WriteNumber("t", trade.AtMs);
        WriteNumbers(json, trade.Price, trade.Lots, (int)trade.TakerSide);
    });

    public static byte[] Best(string symbol, BestQuote best, long heardAtMs) => Write("best", symbol, heardAtMs, json =>
    {
        json.WriteNumber("t", best.AtMs);
        WriteNumbers(json, best.BidPrice, best.BidLots, best.AskPrice, best.AskLots);
    });

    public static byte[] Mark(string symbol, long price, long atMs, long heardAtMs) => Write("mark", symbol, heardAtMs, json =>
    {
        json.WriteNumber("t", atMs);
        WriteNumbers(json, price);
    });

    public static byte[] State(string symbol, FeedState state, string reason, long atMs, long heardAtMs) =>
        Write("state", symbol, heardAtMs, json =>
        {
            json.WriteNumber("t", atMs);
            WriteNumbers(json, (int)state);
            json.WriteString("r", reason);
        });

    private static byte[] Write(string kind, string symbol, long heardAtMs, Action<Utf8JsonWriter> content)
    {
        var line = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("k", kind);
            json.WriteString("s", symbol);
            json.WriteNumber("h", heardAtMs);
            content(json);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    private static void WriteBook(Utf8JsonWriter json, DepthLevel[] bids, DepthLevel[] asks, long atMs)
    {
        json.WriteNumber("t", atMs);
        WriteLevels(json, "b", bids);
        WriteLevels(json, "a", asks);
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, DepthLevel[] levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteNumberValue(level.Price);
            json.WriteNumberValue(level.Lots);
        }
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray("n");
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
