using System.Buffers;
using Exchange.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Json;

internal readonly record struct Parsed<T>(T Value, Refusal? Refusal);

/// <summary>Reads a bounded JSON body straight from the connection's buffers.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 16 * 1024;

    private const string JsonType = "application/json";

    public static bool IsPresent(HttpRequest request) =>
        request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    private delegate Refusal? Reading<T>(ReadOnlySpan<byte> json, out T value);

    public static ValueTask<Parsed<T>> ReadAsync<T>(HttpRequest request) where T : IJsonRequest<T>, new() =>
        ReadAsync<T>(request, StrictJson.Read);

    public static ValueTask<Parsed<List<T>>> ReadManyAsync<T>(HttpRequest request, int countMax) where T : IJsonRequest<T>, new() =>
        ReadAsync(request, (ReadOnlySpan<byte> json, out List<T> values) => StrictJson.ReadMany(json, countMax, out values));

    private static async ValueTask<Parsed<T>> ReadAsync<T>(HttpRequest request, Reading<T> reading) where T : new()
    {
        if (RefuseHead(request) is { } refusal)
            return new(new T(), refusal);

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return new(new T(), EdgeErrors.BodyTooLarge);
            }
            if (read.IsCompleted)
            {
                var parsed = Parse(read.Buffer, reading);
                reader.AdvanceTo(read.Buffer.End);
                return parsed;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Refusal? RefuseHead(HttpRequest request)
    {
        if (!IsPresent(request))
            return EdgeErrors.MissingBody;
        if (request.QueryString.HasValue)
            return EdgeErrors.UnknownField.Saying("This request takes its fields in the body, not in the query string.");
        if (request.ContentLength > MaxBytes)
            return EdgeErrors.BodyTooLarge;
        if (!IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0)
            return EdgeErrors.UnsupportedMediaType;
        return null;
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is null)
            return false;
        var semicolon = contentType.IndexOf(';');
        if (semicolon < 0)
            return contentType.AsSpan().Trim(' ').Equals(JsonType, StringComparison.OrdinalIgnoreCase);
        return contentType.AsSpan(0, semicolon).Trim(' ').Equals(JsonType, StringComparison.OrdinalIgnoreCase)
            && contentType.AsSpan(semicolon + 1).Trim(' ') is var parameter
            && (parameter.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase)
                || parameter.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }

    private static Parsed<T> Parse<T>(ReadOnlySequence<byte> body, Reading<T> reading) where T : new()
    {
        if (body.IsEmpty)
            return new(new T(), EdgeErrors.MissingBody);
        if (body.IsSingleSegment)
            return ParseSpan(body.FirstSpan, reading);

        var length = (int)body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(rented);
        var parsed = ParseSpan(rented.AsSpan(0, length), reading);
        ArrayPool<byte>.Shared.Return(rented);
        return parsed;
    }

    private static Parsed<T> ParseSpan<T>(ReadOnlySpan<byte> json, Reading<T> reading)
    {
        var refusal = reading(json, out var request);
        return new(request, refusal);
    }
}
