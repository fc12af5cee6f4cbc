using Exchange.Api.Accounts;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Closures;

internal static class ClosureRoutes
{
    private const string Group = "Operators";

    public static void MapClosures(this ApiRoutes routes, ClosureEndpoints closures, ClosureLetterEndpoints letters)
    {
        routes.ForAdmin("GET", "/api/admin/closures", closures.ListAsync).Document(
            new(Group, "Positions that closed and were told to their owners: counts by kind, and the newest", typeof(ClosurePage))
            {
                Query = ClosureEndpoints.Fields,
            });
        routes.ForAdmin("GET", "/api/admin/closures/letters", letters.ListAsync).Document(
            new(Group, "What owners could not be told and waits for you", typeof(ClosureLetterPage)) { Query = ClosureLetterEndpoints.ListFields });
        routes.ForAdmin("POST", "/api/admin/closures/letters/retry", letters.RetryAsync).Document(
            new(Group, "Tell an owner again", typeof(Done))
            {
                Body = LetterBody.Fields,
                Required = ["letterId"],
                BodyExample = """{"letterId":"1"}""",
            });
        routes.ForAdmin("POST", "/api/admin/closures/letters/giveUp", letters.GiveUpAsync).Document(
            new(Group, "Give up telling an owner", typeof(Done))
            {
                Body = LetterBody.Fields,
                Required = ["letterId"],
                BodyExample = """{"letterId":"1"}""",
            });
    }
}
