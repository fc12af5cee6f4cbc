using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Markets;

/// <summary>Reads the directory's stream; readers see an immutable list that is swapped as a whole.</summary>
public sealed class MarketCatalog(IJournal journal, IOptions<MarketsOptions> options) : IMarketCatalog, IDisposable
{
    private readonly MarketDirectory _directory = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile View _view = new([], TradingStop.None);
    private long _sequence;

    public IReadOnlyList<Market> Markets => _view.Markets;
    public TradingStop Stop => _view.Stop;
    public IReadOnlyList<Asset> Assets => options.Value.Assets;

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

            _view = new View([.. _directory.Markets.Select(AsItTrades)], _directory.Stop);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    /// <summary>While trading is stopped, everybody who looks a market up finds it halted.</summary>
    private Market AsItTrades(Market market) =>
        _directory.Stop.IsStopped && market.Status == MarketStatus.Trading ? market with { Status = MarketStatus.Halted } : market;

    private sealed class View(Market[] markets, TradingStop stop)
    {
        public TradingStop Stop { get; } = stop;
        public Market[] Markets { get; } = markets;
        public SymbolResolver Names { get; } = new(markets.Select(market => market.Symbol));
        public Dictionary<string, Market> BySymbol { get; } = markets.ToDictionary(market => market.Symbol);
    }
}
