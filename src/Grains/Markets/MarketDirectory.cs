using Exchange.Domain.Events;
using Exchange.Domain.Markets;

namespace Exchange.Grains.Markets;

/// <summary>The fold of the markets stream: every listed market, in the order of listing.</summary>
public sealed class MarketDirectory
{
    private readonly List<Market> _markets = [];
    private readonly Dictionary<string, int> _bySymbol = [];

    public IReadOnlyList<Market> Markets => _markets;

    public Market this[string symbol] => _markets[_bySymbol[symbol]];

    public bool Contains(string symbol) => _bySymbol.ContainsKey(symbol);

    public void Apply(IReadOnlyList<DomainEvent> events)
    {
        foreach (var happened in events)
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
            }
        }
    }
}
