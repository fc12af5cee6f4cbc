using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Orders;

internal static class PairRoutes
{
    public const string PlaceExample =
        """
        {"market":"BTC_USDT","side":"sell","quantity":"0.25","listClientOrderId":"my-pair-1","aboveType":"LIMIT_MAKER","abovePrice":"70000",
        "belowType":"STOP_LOSS_LIMIT","belowStopPrice":"60000","belowPrice":"59900"}
        """;

    private const string Group = "Orders";

    public static void MapPairs(this ApiRoutes routes, PairEndpoints pairs)
    {
        routes.ForCaller("POST", "/api/v1/order/oco", pairs.PlaceAsync).Document(
            new(Group, "Place two orders of which one cancels the other, with one hold for both", typeof(OrderPair))
            {
                Body = PlacePairRequest.Fields,
                Required = ["market", "side", "quantity", "aboveType", "belowType"],
                BodyExample = PlaceExample,
            });
        routes.ForCaller("GET", "/api/v1/order/oco", pairs.LookUpAsync).Document(
            new(Group, "A pair of orders, by either of its ids", typeof(OrderPair)) { Query = PairEndpoints.ReferenceFields });
        routes.ForCaller("DELETE", "/api/v1/order/oco", pairs.CancelAsync).Document(
            new(Group, "Cancel both orders of a pair, as cancelling either of them does", typeof(OrderPair))
            {
                Query = PairEndpoints.ReferenceFields,
            });
    }
}
