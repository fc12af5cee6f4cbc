using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Positions;

internal static class PositionRoutes
{
    private const string Group = "Positions";

    public static void MapPositions(this ApiRoutes routes, PositionEndpoints positions, PositionHistory history)
    {
        routes.ForCaller("POST", "/api/v1/position", positions.OpenAsync).Document(
            new(Group, "Open a position with leverage; the answer comes when it is durable", typeof(PositionResult))
            {
                Body = OpenPositionBody.Fields,
                Required = ["market", "direction", "margin"],
                BodyExample = """{"market":"SOL_USDC","direction":"SHORT","margin":"5000","leverage":"100","stopLoss":"237.50"}""",
            });
        routes.ForCaller("POST", "/api/v1/position/levels", positions.ChangeAsync).Document(
            new(Group, "Set all levels of a position; what is not given is none from then on", typeof(PositionResult))
            {
                Body = ChangePositionBody.Fields,
                Required = ["positionId"],
                BodyExample = """{"positionId":"4294967298","stopLoss":"236.50","takeProfit":"220"}""",
            });
        routes.ForCaller("POST", "/api/v1/position/margin", positions.AddMarginAsync).Document(
            new(Group, "Add margin to a position", typeof(PositionResult))
            {
                Body = AddMarginBody.Fields,
                Required = ["positionId", "amount"],
                BodyExample = """{"positionId":"4294967298","amount":"250"}""",
            });
        routes.ForCaller("POST", "/api/v1/position/close", positions.CloseAsync).Document(
            new(Group, "Close a position or a part of it", typeof(PositionResult))
            {
                Body = ClosePositionBody.Fields,
                Required = ["positionId"],
                BodyExample = """{"positionId":"4294967298"}""",
            });
        routes.ForCaller("GET", "/api/v1/positions", positions.ListAsync).Document(new(Group, "Your open positions", typeof(Position[])));
        routes.ForCaller("GET", "/api/v1/positions/history", history.ListAsync).Document(
            new(Group, "Your closed positions, the newest first", typeof(PositionPage)) { Query = PositionHistory.PageFields });
        routes.ForCaller("GET", "/api/v1/position", history.LookUpAsync).Document(
            new(Group, "One position, open or closed: how it began, how it went, and why it ended", typeof(PastPosition))
            {
                Query = PositionHistory.LookUpFields,
                Required = ["positionId"],
            });
        routes.ForCaller("GET", "/api/v1/statistics", positions.StatisticsAsync).Document(
            new(Group, "How your closed positions went, by quote asset", typeof(Statistics[])));
    }
}
