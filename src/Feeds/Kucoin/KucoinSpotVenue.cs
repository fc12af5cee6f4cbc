using System.Buffers;
using Exchange.Domain.Markets;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>KuCoin spot: the best fifty levels of each side as a whole every time, trades, best bid and ask.</summary>
internal sealed class KucoinSpotVenue(VenueRest rest, KucoinTokens tokens) : IVenue
{
    public const string VenueName = "kucoin";

    private const int CandlesPerRequest = 1_500;

    public string Name => VenueName;
    public DepthStyle Style => DepthStyle.WholeBooks;
    public SessionTable Sessions { get; } = new();
    public ConnectionRules Rules { get; init; } = KucoinMessages.Rules;
    public IReadOnlyList<string> Channels { get; } = ["/spotMarket/level2Depth50", "/market/match", "/market/ticker"];

    public string SymbolOf(Market market) => $"{market.Base}-{market.Quote}";

    public ValueTask<decimal> UnitAsync(string symbol, CancellationToken cancellationToken) => new(1m);

    public ValueTask<VenueAddress> LocateAsync(CancellationToken cancellationToken) => tokens.AddressAsync(cancellationToken);

    public void ForgetToken() => tokens.Forget();

    public int WriteRequest(IBufferWriter<byte> into, long id, bool subscribe, ReadOnlySpan<VenueTopic> topics) =>
        KucoinMessages.WriteRequest(into, id, subscribe, topics);

    public void WriteProbe(IBufferWriter<byte> into, long id) => KucoinMessages.WritePing(into, id);

    public IVenueReader CreateReader(int connection) => new KucoinReader(connection, Sessions);

    public Task FetchSnapshotAsync(MarketSession session, int attempt, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Whole books need no snapshots.");

    public async Task<IReadOnlyList<VenueCandle>> FetchCandlesAsync(
        Market market, string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var end = from.AddMinutes(CandlesPerRequest) < to ? from.AddMinutes(CandlesPerRequest) : to;
        byte[] answer = await rest.GetAsync(
            $"/api/v1/market/candles?type=1min&symbol={Uri.EscapeDataString(symbol)}"
            + $"&startAt={from.ToUnixTimeSeconds()}&endAt={end.ToUnixTimeSeconds()}",
            cancellationToken);
        return KucoinRest.ReadSpotCandles(answer, CandleScale.Of(market));
    }

    public async Task<IReadOnlyList<VenueMarket>> FetchMarketsAsync(CancellationToken cancellationToken) =>
        KucoinRest.ReadSpotMarkets(await rest.GetAsync("/api/v2/symbols", cancellationToken));
}
