using Exchange.Api.Accounts;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Closures;

internal static class ClosureRoutes
{
    private const string Group = "Operators";

    public static void MapClosures(this ApiRoutes routes, ClosureEndpoints closures, DeadLetterEndpoints letters)
    {
        routes.ForAdmin("GET", "/api/admin/workers/closures", closures.ListAsync).Document(
            new(Group, "Positions that closed and were told to their owners: counts by kind, and the newest", typeof(ClosurePage))
            {
                Query = ClosureEndpoints.Fields,
            });
        routes.ForAdmin("GET", "/api/admin/deadLetters", letters.ListAsync).Document(
            new(Group, "What could not be delivered and waits for you", typeof(DeadLetterPage)) { Query = DeadLetterEndpoints.PageFields });
        routes.ForAdmin("POST", "/api/admin/deadLetters/retry", letters.RetryAsync).Document(
            new(Group, "Deliver a dead letter again", typeof(Done))
            {
                Body = LetterBody.Fields,
                Required = ["letterId"],
                BodyExample = """{"letterId":"1"}""",
            });
        routes.ForAdmin("POST", "/api/admin/deadLetters/giveUp", letters.GiveUpAsync).Document(
            new(Group, "Give a dead letter up; a settlement's money then stays where it is", typeof(Done))
            {
                Body = LetterBody.Fields,
                Required = ["letterId"],
                BodyExample = """{"letterId":"1"}""",
            });
    }
}
