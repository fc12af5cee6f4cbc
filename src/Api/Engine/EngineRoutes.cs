using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Engine;

internal static class EngineRoutes
{
    private const string Group = "Engine";

    public static void MapEngine(this ApiRoutes routes, EngineEndpoints engine)
    {
        routes.ForCaller("POST", "/api/v1/engine", engine.CommandAsync).Document(
            new(Group, "The engine's commands in one route; its leverage is in tenths, 1000 for 100x", typeof(EngineAnswer))
            {
                Body = EngineRequest.Fields,
                Required = ["command"],
                BodyExample = """{"command":"CREATE_TRADE","asset":"SOL_USDC","direction":"LONG","margin":1000,"leverage":100}""",
            });
        routes.ForCaller("GET", "/api/v1/engine/commands", engine.CommandsAsync).Document(
            new(Group, "The engine's commands of yours, with outcome and latency, the newest first", typeof(CommandPage))
            {
                Query = EngineEndpoints.PageFields,
            });
        routes.Public("GET", "/api/v1/price", engine.PriceAsync).Document(
            new(Group, "A market's price as a scaled integer", typeof(ScaledPrice))
            {
                Query = EngineEndpoints.AssetFields,
                Required = ["asset"],
                NeedsCaller = false,
            });
        routes.Public("GET", "/api/v1/supportedAssets", engine.SupportedAssetsAsync).Document(
            new(Group, "Markets that the engine trades", typeof(string[])) { NeedsCaller = false });
    }
}
