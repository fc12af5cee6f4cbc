using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Exchange.Api.OpenApi;

/// <summary>Completes what the framework knows about a route by what its <see cref="RouteDoc"/> says.</summary>
internal sealed class RouteDocTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDoc>().FirstOrDefault() is not { } doc)
            return Task.CompletedTask;

        operation.Summary = doc.Summary;
        operation.Tags = new HashSet<OpenApiTagReference> { new(doc.Group, context.Document) };
        operation.OperationId = $"{context.Description.HttpMethod}_{context.Description.RelativePath}".Replace('/', '_');
        operation.Parameters =
        [
            .. NamesIn(context.Description.RelativePath ?? "").Select(name => ParameterOf(name, ParameterLocation.Path, isRequired: true)),
            .. (doc.Query?.Names ?? []).Select(name => ParameterOf(name, ParameterLocation.Query, doc.Required.Contains(name))),
        ];
        if (doc.Body is not null)
            operation.RequestBody = BodyOf(doc);
        if (doc.AnswerExample is not null && operation.Responses?["200"].Content?[Json] is { } answer)
            answer.Example = JsonNode.Parse(doc.AnswerExample);
        if (doc.NeedsCaller)
            operation.Security =
            [
                RequirementOf(ApiDocument.Bearer, context.Document),
                RequirementOf(ApiDocument.Cookie, context.Document),
                RequirementOf(ApiDocument.Key, context.Document),
            ];
        operation.Responses?.TryAdd("default", new OpenApiResponse
        {
            Description = "Refused: the error's code says why.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new() { Schema = new OpenApiSchemaReference(ApiDocument.Error, context.Document) },
            },
        });
        return Task.CompletedTask;
    }

    private static IEnumerable<string> NamesIn(string path) =>
        path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    private static OpenApiParameter ParameterOf(string name, ParameterLocation location, bool isRequired)
    {
        var schema = FieldDocs.SchemaOf(name);
        return new OpenApiParameter
        {
            Name = name,
            In = location,
            Required = isRequired,
            Description = schema.Description,
            Schema = schema,
        };
    }

    private static OpenApiRequestBody BodyOf(RouteDoc doc) => new()
    {
        Required = doc.Query is null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Json] = new()
            {
                Schema = doc.BodyIsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = ObjectOf(doc) } : ObjectOf(doc),
                Example = doc.BodyExample is null ? null : JsonNode.Parse(doc.BodyExample),
            },
        },
    };

    private static OpenApiSchema ObjectOf(RouteDoc doc) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = doc.Body!.Names.ToDictionary(name => name, name => (IOpenApiSchema)FieldDocs.SchemaOf(name)),
        Required = doc.Required.ToHashSet(),
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSecurityRequirement RequirementOf(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
