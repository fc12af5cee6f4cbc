using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.History;

internal static class HistoryRoutes
{
    private const string Group = "History";

    public static void MapHistory(this ApiRoutes routes, HistoryEndpoints history)
    {
        routes.ForCaller("GET", "/api/v1/orders", history.OrdersAsync).Document(
            new(Group, "All your orders, the newest first", typeof(OrderPage)) { Query = HistoryEndpoints.OrdersFields });
        routes.ForCaller("GET", "/api/v1/myTrades", history.TradesAsync).Document(
            new(Group, "Your trades on one market, the newest first", typeof(OwnTradePage))
            {
                Query = HistoryEndpoints.TradesFields,
                Required = ["market"],
            });
        routes.ForCaller("GET", "/api/v1/deposits", history.DepositsAsync).Document(
            new(Group, "Your deposits, the newest first", typeof(DepositPage)) { Query = HistoryEndpoints.DepositsFields });
    }
}
