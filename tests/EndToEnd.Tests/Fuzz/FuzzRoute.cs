using System.Text.Json;

namespace Exchange.EndToEnd.Tests.Fuzz;

/// <summary>A route as the exchange itself describes it, so that a new one is among them without anybody's doing.</summary>
internal sealed record FuzzRoute(HttpMethod Method, string Path, string[] Query, string[] Body, bool BodyIsList, string[] Required)
{
    public string Name => $"{Method} {Path}";

    public bool IsOperators => Path.Contains("/admin/", StringComparison.Ordinal);

    /// <summary>Moves orders, positions or money, and neither ends the session nor stops the exchange.</summary>
    public bool Trades => Method != HttpMethod.Get
        && !IsOperators
        && !Path.Contains("/user/", StringComparison.Ordinal)
        && !Path.EndsWith("/keys", StringComparison.Ordinal);

    public static FuzzRoute[] AllOf(JsonElement openApi)
    {
        var schemas = openApi.GetProperty("components").GetProperty("schemas");
        return
        [
            .. from path in openApi.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let body = SchemaOf(operation.Value, schemas)
               select new FuzzRoute(
                   new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, QueryOf(operation.Value), FieldsOf(body), IsList(body),
                   [.. RequiredOf(operation.Value), .. RequiredOf(body)]),
        ];
    }

    private static string[] QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. from parameter in parameters.EnumerateArray()
              where parameter.GetProperty("in").GetString() == "query"
              select parameter.GetProperty("name").GetString()!]
        : [];

    private static IEnumerable<string> RequiredOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? from parameter in parameters.EnumerateArray()
          where parameter.TryGetProperty("required", out var required) && required.GetBoolean()
          select parameter.GetProperty("name").GetString()!
        : [];

    private static IEnumerable<string> RequiredOf(JsonElement? schema)
    {
        if (schema is not { } body)
            return [];
        var fields = body.TryGetProperty("items", out var items) ? items : body;
        return fields.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
    }

    private static JsonElement? SchemaOf(JsonElement operation, JsonElement schemas)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return null;
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return schema.TryGetProperty("$ref", out var reference) ? schemas.GetProperty(reference.GetString()!.Split('/')[^1]) : schema;
    }

    private static bool IsList(JsonElement? schema) => schema is { } body && body.TryGetProperty("items", out _);

    private static string[] FieldsOf(JsonElement? schema)
    {
        if (schema is not { } body)
            return [];
        var fields = body.TryGetProperty("items", out var items) ? items : body;
        return fields.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(field => field.Name)] : [];
    }
}
