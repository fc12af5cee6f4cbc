using Exchange.Domain.Events;
using Exchange.Domain.Markets;

namespace Exchange.Grains.Markets;

/// <summary>The fold of the markets stream: every listed market, in the order of listing.</summary>
public sealed class MarketDirectory
{
    private readonly List<Market> _markets = [];
    private readonly Dictionary<string, int> _bySymbol = [];

    public IReadOnlyList<Market> Markets => _markets;

    /// <summary>Beside the markets' own status, which is what it was when trading goes on.</summary>
    public TradingStop Stop { get; private set; } = TradingStop.None;

    public Market this[string symbol] => _markets[_bySymbol[symbol]];

    public bool Contains(string symbol) => _bySymbol.ContainsKey(symbol);

    public void Apply(EventBatch batch)
    {
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case MarketListed listed:
                    _bySymbol[listed.Market.Symbol] = _markets.Count;
                    _markets.Add(listed.Market);
                    break;
                case MarketStatusChanged changed:
                    var place = _bySymbol[changed.Symbol];
                    _markets[place] = _markets[place] with { Status = changed.Status };
                    break;
                case TradingStopped stopped:
                    Stop = new TradingStop(stopped.Kind, stopped.By, stopped.Why, batch.AtMs);
                    break;
                case TradingResumed:
                    Stop = TradingStop.None;
                    break;
            }
        }
    }
}
