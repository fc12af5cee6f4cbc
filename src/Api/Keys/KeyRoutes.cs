using Exchange.Api.Accounts;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Keys;

internal static class KeyRoutes
{
    private const string Group = "API keys";

    public static void MapKeys(this ApiRoutes routes, KeyEndpoints keys)
    {
        routes.ForPerson("POST", "/api/v1/keys", keys.CreateAsync).Document(
            new(Group, "Make an API key; its secret is shown this once", typeof(CreatedKey))
            {
                Body = NewKeyRequest.Fields,
                Required = ["permissions"],
                BodyExample = """{"label":"my bot","permissions":"read,trade","ipAllowList":"192.0.2.7,10.0.0.0/8"}""",
            });
        routes.ForPerson("GET", "/api/v1/keys", keys.ListAsync).Document(new(Group, "Your API keys, without their secrets", typeof(KeyInfo[])));
        routes.ForPerson("DELETE", "/api/v1/keys", keys.RevokeAsync).Document(
            new(Group, "Revoke an API key; it stops within a second", typeof(Done))
            {
                Body = KeyReference.Fields,
                Required = ["apiKey"],
                BodyExample = $$"""{"apiKey":"{{new string('0', 64)}}"}""",
            });
    }
}
