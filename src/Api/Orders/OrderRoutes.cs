using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Orders;

internal static class OrderRoutes
{
    public const string PlaceExample =
        """{"market":"BTC_USDT","side":"buy","type":"limit","price":"65000.10","quantity":"0.25","timeInForce":"GTC","clientOrderId":"my-order-1"}""";

    public const string PlacedExample =
        """
        {"orderId":"4294967297","clientOrderId":"my-order-1","symbol":"BTC_USDT","side":"BUY","type":"LIMIT","timeInForce":"GTC",
        "price":"65000.1","quantity":"0.25","quoteAmount":null,"executedQuantity":"0.1","executedQuote":"6500","status":"PARTIALLY_FILLED",
        "reason":null,"createdAt":1767225600000,"updatedAt":1767225600000,
        "fills":[{"tradeId":"1","price":"65000","quantity":"0.1","fee":"0.0001","feeAsset":"BTC"}]}
        """;

    private const string Group = "Orders";

    public static void MapOrders(this ApiRoutes routes, OrderEndpoints orders)
    {
        routes.ForCaller("POST", "/api/v1/order", orders.PlaceAsync).Document(
            new(Group, "Place an order; the answer comes when it is durable", typeof(PlacedOrder))
            {
                Body = PlaceOrderRequest.Fields,
                Required = ["market", "side"],
                BodyExample = PlaceExample,
                AnswerExample = PlacedExample,
            });
        routes.ForCaller("POST", "/api/v1/orders", orders.PlaceManyAsync).Document(
            new(Group, $"Place up to {OrderEndpoints.BatchMax} orders, each with its own outcome", typeof(PlaceOutcome[]))
            {
                Body = PlaceOrderRequest.Fields,
                BodyIsList = true,
                Required = ["market", "side"],
                BodyExample = $"[{PlaceExample}]",
            });
        routes.ForCaller("DELETE", "/api/v1/order", orders.CancelAsync).Document(
            new(Group, "Cancel an order, named in the body or in the query string", typeof(Order))
            {
                Query = OrderReference.Fields,
                Body = OrderReference.Fields,
                BodyExample = """{"orderId":"4294967297","market":"BTC_USDT"}""",
            });
        routes.ForCaller("GET", "/api/v1/order", orders.LookUpAsync).Document(
            new(Group, "One order, by either of its ids", typeof(Order)) { Query = OrderReference.Fields });
        routes.ForCaller("GET", "/api/v1/openOrders", orders.OpenOrdersAsync).Document(
            new(Group, "Your open orders, of one market or of all", typeof(Order[])) { Query = OrderEndpoints.MarketFields });
        routes.ForCaller("DELETE", "/api/v1/openOrders", orders.CancelAllAsync).Document(
            new(
                Group, "Cancel your open orders, of one market or of all; the answer lists those that it ended",
                typeof(Order[]))
            {
                Query = OrderEndpoints.MarketFields,
            });
    }
}
