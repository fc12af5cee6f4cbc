using System.Text.Json;

namespace Exchange.EndToEnd.Tests.Fuzz;

/// <summary>A route as the exchange itself describes it, so that a new one is among them without anybody's doing.</summary>
internal sealed record FuzzRoute(HttpMethod Method, string Path, string[] Query, string[] Body, bool BodyIsList)
{
    public static FuzzRoute[] AllOf(JsonElement openApi)
    {
        var schemas = openApi.GetProperty("components").GetProperty("schemas");
        return
        [
            .. from path in openApi.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let body = SchemaOf(operation.Value, schemas)
               select new FuzzRoute(
                   new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, QueryOf(operation.Value), FieldsOf(body), IsList(body)),
        ];
    }

    private static string[] QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)]
        : [];

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
