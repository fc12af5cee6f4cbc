namespace Exchange.Api.Limits;

internal enum CostKind
{
    Plain,
    Order,
    MarketData,
    SignIn,
}

/// <summary>What a request costs: its weight, and the separate limit that its kind has.</summary>
internal readonly record struct RouteCost(CostKind Kind, int Weight)
{
    private static readonly Dictionary<string, RouteCost> ByRoute = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/order"] = new(CostKind.Order, 1),
        ["DELETE /api/v1/order"] = new(CostKind.Order, 1),
        ["GET /api/v1/order"] = new(CostKind.Plain, 4),
        ["POST /api/v1/order/oco"] = new(CostKind.Order, 1),
        ["DELETE /api/v1/order/oco"] = new(CostKind.Order, 1),
        ["GET /api/v1/order/oco"] = new(CostKind.Plain, 4),
        ["GET /api/v1/triggers"] = new(CostKind.Plain, 6),
        ["GET /api/v1/triggers/executed"] = new(CostKind.Plain, 20),
        ["POST /api/v1/orders"] = new(CostKind.Order, 1),
        ["DELETE /api/v1/openOrders"] = new(CostKind.Order, 1),
        ["GET /api/v1/openOrders"] = new(CostKind.Plain, 6),
        ["GET /api/v1/orders"] = new(CostKind.Plain, 20),
        ["GET /api/v1/myTrades"] = new(CostKind.Plain, 20),
        ["GET /api/v1/portfolio/value"] = new(CostKind.Plain, 20),
        ["GET /api/v1/portfolio/history"] = new(CostKind.Plain, 20),
        ["GET /api/v1/deposits"] = new(CostKind.Plain, 20),
        ["POST /api/v1/position"] = new(CostKind.Order, 1),
        ["POST /api/v1/position/levels"] = new(CostKind.Order, 1),
        ["POST /api/v1/position/margin"] = new(CostKind.Order, 1),
        ["POST /api/v1/position/close"] = new(CostKind.Order, 1),
        ["POST /api/v1/engine"] = new(CostKind.Order, 1),
        ["GET /api/v1/position"] = new(CostKind.Plain, 4),
        ["GET /api/v1/positions"] = new(CostKind.Plain, 6),
        ["GET /api/v1/positions/history"] = new(CostKind.Plain, 20),
        ["GET /api/v1/notifications"] = new(CostKind.Plain, 6),
        ["GET /api/v1/exchangeInfo"] = new(CostKind.MarketData, 20),
        ["GET /api/v1/markets"] = new(CostKind.MarketData, 1),
        ["GET /api/v1/depth"] = new(CostKind.MarketData, 5),
        ["GET /api/v1/trades"] = new(CostKind.MarketData, 5),
        ["GET /api/v1/klines"] = new(CostKind.MarketData, 2),
        ["GET /api/v1/tickers"] = new(CostKind.MarketData, 20),
        ["GET /api/v1/ticker/24hr"] = new(CostKind.MarketData, 2),
        ["POST /api/v1/user/signup"] = new(CostKind.SignIn, 1),
        ["POST /api/v1/user/signin"] = new(CostKind.SignIn, 10),
        ["GET /api/v1/user/signin/post"] = new(CostKind.SignIn, 1),
    };

    public static RouteCost Of(string method, string path) =>
        ByRoute.TryGetValue($"{method} {path}", out var cost) ? cost : new RouteCost(CostKind.Plain, 1);
}
