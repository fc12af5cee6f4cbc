using System.Buffers;
using Exchange.Domain.Markets;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>KuCoin futures: diffs of the book with REST snapshots, trades, best bid and ask, mark price. It counts in contracts.</summary>
internal sealed class KucoinFuturesVenue(VenueRest rest, KucoinTokens tokens) : IVenue
{
    public const string VenueName = "kucoinfutures";

    private const int CandlesPerRequest = 200;

    private readonly SemaphoreSlim _one = new(1);
    private volatile Dictionary<string, decimal> _multipliers = [];

    public string Name => VenueName;
    public DepthStyle Style => DepthStyle.Diffs;
    public SessionTable Sessions { get; } = new();
    public ConnectionRules Rules { get; init; } = KucoinMessages.Rules;
    public IReadOnlyList<string> Channels { get; } =
        ["/contractMarket/level2", "/contractMarket/execution", "/contractMarket/tickerV2", "/contract/instrument"];

    public string SymbolOf(Market market) => $"{(market.Base == "BTC" ? "XBT" : market.Base)}{market.Quote}M";

    public async ValueTask<decimal> UnitAsync(string symbol, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_multipliers.ContainsKey(symbol))
                await FetchMarketsAsync(cancellationToken);
            return _multipliers.TryGetValue(symbol, out decimal multiplier)
                ? multiplier
                : throw new VenueException($"{Name} has no contract {symbol} that is settled in its quote asset");
        }
        finally
        {
            _one.Release();
        }
    }

    public ValueTask<VenueAddress> LocateAsync(CancellationToken cancellationToken) => tokens.AddressAsync(cancellationToken);

    public void ForgetToken() => tokens.Forget();

    public int WriteRequest(IBufferWriter<byte> into, long id, bool subscribe, ReadOnlySpan<VenueTopic> topics) =>
        KucoinMessages.WriteRequest(into, id, subscribe, topics);

    public void WriteProbe(IBufferWriter<byte> into, long id) => KucoinMessages.WritePing(into, id);

    public IVenueReader CreateReader(int connection) => new KucoinReader(connection, Sessions);

    public async Task FetchSnapshotAsync(MarketSession session, int attempt, CancellationToken cancellationToken)
    {
        byte[] answer = await rest.GetAsync(
            $"/api/v1/level2/snapshot?symbol={Uri.EscapeDataString(session.Symbol)}", cancellationToken);
        var prices = session.DepthPrices;
        var levels = new DepthScratch();
        if (!KucoinRest.TryReadDepth(answer, prices, session.Lots, levels, out long sequence))
            throw new VenueException("the depth answer could not be read");
        session.OnSnapshot(attempt, sequence, levels, prices);
    }

    public async Task<IReadOnlyList<VenueCandle>> FetchCandlesAsync(
        Market market, string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        decimal unit = await UnitAsync(symbol, cancellationToken);
        var end = from.AddMinutes(CandlesPerRequest) < to ? from.AddMinutes(CandlesPerRequest) : to;
        byte[] answer = await rest.GetAsync(
            $"/api/v1/kline/query?symbol={Uri.EscapeDataString(symbol)}&granularity=1"
            + $"&from={from.ToUnixTimeMilliseconds()}&to={end.ToUnixTimeMilliseconds()}",
            cancellationToken);
        return KucoinRest.ReadFuturesCandles(answer, CandleScale.Of(market, unit));
    }

    public async Task<IReadOnlyList<VenueMarket>> FetchMarketsAsync(CancellationToken cancellationToken)
    {
        var markets = KucoinRest.ReadFuturesMarkets(await rest.GetAsync("/api/v1/contracts/active", cancellationToken));
        _multipliers = markets.ToDictionary(market => market.Symbol, market => market.Unit);
        return markets;
    }
}
