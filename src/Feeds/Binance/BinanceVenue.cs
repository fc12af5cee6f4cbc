using System.Buffers;
using System.Text.Json;
using Exchange.Domain.Markets;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Binance;

/// <summary>Binance spot: diffs of the book with REST snapshots, aggregated trades, best bid and ask.</summary>
internal sealed class BinanceVenue(BinanceOptions options, VenueRest rest) : IVenue
{
    public const string VenueName = "binance";

    /// <summary>Keeps one message a second free for the pongs that the framework sends.</summary>
    public static readonly ConnectionRules SpotRules = new()
    {
        MessagesPerWindow = 4,
        MessageWindow = TimeSpan.FromSeconds(1),
        TopicsPerConnection = 1024,
        ConnectsPerWindow = 250,
        ConnectWindow = TimeSpan.FromMinutes(5),
    };

    private const int TopicsPerRequest = 100;
    private const int CandlesPerRequest = 1000;

    public string Name => VenueName;
    public DepthStyle Style => DepthStyle.Diffs;
    public SessionTable Sessions { get; } = new();
    public ConnectionRules Rules { get; init; } = SpotRules;
    public IReadOnlyList<string> Channels { get; } = ["@depth@100ms", "@aggTrade", "@bookTicker"];

    public string SymbolOf(Market market) => market.Base + market.Quote;

    public ValueTask<decimal> UnitAsync(string symbol, CancellationToken cancellationToken) => new(1m);

    public ValueTask<VenueAddress> LocateAsync(CancellationToken cancellationToken) =>
        new(new VenueAddress(new Uri(options.StreamBase, "/ws"), Welcomes: false, PingEvery: TimeSpan.Zero));

    public void ForgetToken()
    {
    }

    public int WriteRequest(IBufferWriter<byte> into, long id, bool subscribe, ReadOnlySpan<VenueTopic> topics)
    {
        using var json = new Utf8JsonWriter(into);
        int count = Math.Min(topics.Length, TopicsPerRequest);
        json.WriteStartObject();
        json.WriteString("method"u8, subscribe ? "SUBSCRIBE"u8 : "UNSUBSCRIBE"u8);
        json.WriteStartArray("params"u8);
        foreach (var topic in topics[..count])
            json.WriteStringValue(topic.Symbol.ToLowerInvariant() + topic.Channel);
        json.WriteEndArray();
        json.WriteNumber("id"u8, id);
        json.WriteEndObject();
        return count;
    }

    public void WriteProbe(IBufferWriter<byte> into, long id)
    {
        using var json = new Utf8JsonWriter(into);
        json.WriteStartObject();
        json.WriteString("method"u8, "LIST_SUBSCRIPTIONS"u8);
        json.WriteNumber("id"u8, id);
        json.WriteEndObject();
    }

    public IVenueReader CreateReader(int connection) => new BinanceReader(connection, Sessions);

    public async Task FetchSnapshotAsync(MarketSession session, int attempt, CancellationToken cancellationToken)
    {
        string symbol = Uri.EscapeDataString(session.Symbol);
        byte[] answer = await rest.GetAsync($"/api/v3/depth?symbol={symbol}&limit={options.SnapshotLevels}", cancellationToken);
        var prices = session.DepthPrices;
        var levels = new DepthScratch();
        if (!BinanceRest.TryReadDepth(answer, prices, session.Lots, levels, out long lastUpdateId))
            throw new VenueException("the depth answer could not be read");
        session.OnSnapshot(attempt, lastUpdateId, levels, prices);
    }

    public async Task<IReadOnlyList<VenueCandle>> FetchCandlesAsync(
        Market market, string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        byte[] answer = await rest.GetAsync(
            $"/api/v3/klines?symbol={Uri.EscapeDataString(symbol)}&interval=1m&startTime={from.ToUnixTimeMilliseconds()}"
            + $"&endTime={to.ToUnixTimeMilliseconds() - 1}&limit={CandlesPerRequest}",
            cancellationToken);
        return BinanceRest.ReadCandles(answer, CandleScale.Of(market));
    }

    public async Task<IReadOnlyList<VenueMarket>> FetchMarketsAsync(CancellationToken cancellationToken) =>
        BinanceRest.ReadMarkets(await rest.GetAsync("/api/v3/exchangeInfo?permissions=SPOT", cancellationToken));
}
