using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Grains.Interfaces.Markets;

/// <summary>This silo's copy of the directory, for everybody who needs a market's definition without a grain call.</summary>
public interface IMarketCatalog
{
    IReadOnlyList<Market> Markets { get; }
    IReadOnlyList<Asset> Assets { get; }

    /// <summary>While trading is stopped no market has the status Trading here.</summary>
    TradingStop Stop { get; }

    bool TryGet(string canonicalSymbol, [NotNullWhen(true)] out Market? market);

    /// <summary>Accepts BTC_USDT, BTC-USDT, BTC/USDT, BTCUSDT and lower case.</summary>
    bool TryResolve(string name, [NotNullWhen(true)] out Market? market);
}
