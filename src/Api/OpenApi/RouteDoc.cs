using Exchange.Api.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.OpenApi;

/// <summary>What the OpenAPI document says about one route. It rides on the endpoint, so it cannot outlive it.</summary>
internal sealed record RouteDoc(string Group, string Summary, Type Answer)
{
    /// <summary>Fields of the query string, or of the body where the route takes both.</summary>
    public FieldSet? Query { get; init; }
    public FieldSet? Body { get; init; }
    public bool BodyIsList { get; init; }
    public string[] Required { get; init; } = [];
    public string? BodyExample { get; init; }
    public string? AnswerExample { get; init; }
    public bool NeedsCaller { get; init; } = true;
}

internal static class RouteDocExtensions
{
    public static void Document(this IEndpointConventionBuilder endpoint, RouteDoc doc) => endpoint.Add(builder =>
    {
        builder.Metadata.Add(doc);
        builder.Metadata.Add(builder.RequestDelegate!.Method);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, doc.Answer, ["application/json"]));
    });
}
