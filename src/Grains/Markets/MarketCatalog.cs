using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Markets;

/// <summary>
/// Reads the directory's stream; readers see an immutable list that is swapped as a whole. Each market is shown with the
/// venue that backs it here, which configuration may have changed.
/// </summary>
public sealed class MarketCatalog(IJournal journal, IOptions<MarketsOptions> options, FeedRoutes? routes = null) : IMarketCatalog, IDisposable
{
    private readonly MarketDirectory _directory = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile View _view = new([], options.Value.Assets, TradingStop.None);
    private long _sequence;

    /// <summary>How far the directory's stream has been read.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    public IReadOnlyList<Market> Markets => _view.Markets;
    public TradingStop Stop => _view.Stop;
    public IReadOnlyList<Asset> Assets => _view.Assets;

    public bool TryGet(string canonicalSymbol, [NotNullWhen(true)] out Market? market) =>
        _view.BySymbol.TryGetValue(canonicalSymbol, out market);

    public bool TryResolve(string name, [NotNullWhen(true)] out Market? market)
    {
        var view = _view;
        market = null;
        return view.Names.Resolve(name) is { } symbol && view.BySymbol.TryGetValue(symbol, out market);
    }

    public async Task Refresh()
    {
        await _refreshing.WaitAsync();
        try
        {
            await foreach (var record in journal.ReadAsync(Streams.Markets, _sequence))
            {
                _directory.Apply(EventCodec.Decode(record.Payload.Span));
                _sequence = record.Sequence;
            }

            _view = new View([.. _directory.Markets.Select(AsItTrades)], options.Value.Assets, _directory.Stop);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    /// <summary>What a market brings along that nobody configured is bounded like a stablecoin: its worth is not known.</summary>
    private static Asset Unconfigured(string code, int precision) => new(code, precision, DepositMax: 10_000_000, BalanceMax: 1_000_000_000);

    /// <summary>While trading is stopped, everybody who looks a market up finds it halted.</summary>
    private Market AsItTrades(Market listed)
    {
        var market = routes?.Apply(listed) ?? listed;
        return _directory.Stop.IsStopped && market.Status == MarketStatus.Trading ? market with { Status = MarketStatus.Halted } : market;
    }

    private sealed class View(Market[] markets, IReadOnlyList<Asset> configured, TradingStop stop)
    {
        public TradingStop Stop { get; } = stop;

        public IReadOnlyList<Asset> Assets { get; } =
        [
            .. configured
                .Concat(markets.Select(market => Unconfigured(market.Base, market.BasePrecision)))
                .Concat(markets.Select(market => Unconfigured(market.Quote, market.QuotePrecision)))
                .DistinctBy(asset => asset.Code),
        ];

        public Market[] Markets { get; } = markets;
        public SymbolResolver Names { get; } = new(markets.Select(market => market.Symbol));
        public Dictionary<string, Market> BySymbol { get; } = markets.ToDictionary(market => market.Symbol);
    }
}
