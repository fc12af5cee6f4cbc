using System.Buffers;
using System.Text.Json;
using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Kucoin;

/// <summary>What is said to KuCoin, on spot and futures alike.</summary>
internal static class KucoinMessages
{
    private const int SymbolsPerRequest = 100;

    public static readonly ConnectionRules Rules = new()
    {
        MessagesPerWindow = 90,
        MessageWindow = TimeSpan.FromSeconds(10),
        TopicsPerConnection = 100,
        ConnectsPerWindow = 25,
        ConnectWindow = TimeSpan.FromMinutes(1),
    };

    /// <summary>One request names one channel and the symbols for it.</summary>
    public static int WriteRequest(IBufferWriter<byte> into, long id, bool subscribe, ReadOnlySpan<VenueTopic> topics)
    {
        string channel = topics[0].Channel;
        int count = 1;
        while (count < topics.Length && count < SymbolsPerRequest && topics[count].Channel == channel)
            count++;
        var symbols = new List<string>();
        foreach (var topic in topics[..count])
            symbols.Add(topic.Symbol);
        using var json = new Utf8JsonWriter(into);
        json.WriteStartObject();
        json.WriteString("id"u8, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("type"u8, subscribe ? "subscribe"u8 : "unsubscribe"u8);
        json.WriteString("topic"u8, $"{channel}:{string.Join(',', symbols)}");
        json.WriteBoolean("privateChannel"u8, false);
        json.WriteBoolean("response"u8, true);
        json.WriteEndObject();
        return count;
    }

    public static void WritePing(IBufferWriter<byte> into, long id)
    {
        using var json = new Utf8JsonWriter(into);
        json.WriteStartObject();
        json.WriteString("id"u8, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("type"u8, "ping"u8);
        json.WriteEndObject();
    }
}
