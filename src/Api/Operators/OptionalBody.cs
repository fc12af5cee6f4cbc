using Exchange.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Operators;

/// <summary>An action that needs no body takes one nevertheless, and then as strictly as any other.</summary>
internal static class OptionalBody
{
    public static async ValueTask<Parsed<T>> ReadAsync<T>(HttpRequest request) where T : IJsonRequest<T>, new()
    {
        if (RequestBody.IsPresent(request))
            return await RequestBody.ReadAsync<T>(request);
        var refusal = Query.Read(request, NoQuery.Fields, out _);
        return new Parsed<T>(new T(), refusal);
    }
}

internal static class NoQuery
{
    public static FieldSet Fields { get; } = new();
}
