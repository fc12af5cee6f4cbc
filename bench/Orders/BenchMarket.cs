namespace Exchange.Bench.Orders;

/// <summary>Prices, sizes and deposits that suit a market's filters.</summary>
public sealed record BenchMarket(string Symbol, decimal Price, decimal Quantity, decimal BaseDeposit, decimal QuoteDeposit, bool HasVenue)
{
    private static readonly BenchMarket[] Known =
    [
        new("TATA_INR", 100.00m, 1m, 1_000_000m, 10_000_000m, HasVenue: false),
        new("BTC_USDT", 60000.00m, 0.001m, 100m, 10_000_000m, HasVenue: true),
    ];

    public string Base => Symbol.Split('_')[0];
    public string Quote => Symbol.Split('_')[1];

    public IReadOnlyDictionary<string, decimal> Deposits =>
        new Dictionary<string, decimal> { [Base] = BaseDeposit, [Quote] = QuoteDeposit };

    public static BenchMarket Of(string symbol) =>
        Known.FirstOrDefault(market => market.Symbol == symbol)
            ?? throw new ArgumentException($"No prices for '{symbol}'. Known: {string.Join(", ", Known.Select(market => market.Symbol))}.");

    public OrderTemplate Buy(OrderWire wire, string token, string idPrefix) => new(wire, token, Symbol, "buy", Price, Quantity, idPrefix);

    public OrderTemplate Sell(OrderWire wire, string token, string idPrefix) => new(wire, token, Symbol, "sell", Price, Quantity, idPrefix);
}
