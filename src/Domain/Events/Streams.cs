using System.Globalization;

namespace Exchange.Domain.Events;

/// <summary>Names of the journal's streams: one per symbol, one per portfolio, one for the market directory.</summary>
public static class Streams
{
    public const string Markets = "markets";
    public const string SymbolPrefix = "symbol/";
    public const string PortfolioPrefix = "portfolio/";

    public static string Symbol(string symbol) => SymbolPrefix + symbol;

    public static string Portfolio(long account) => PortfolioPrefix + account.ToString(CultureInfo.InvariantCulture);
}
