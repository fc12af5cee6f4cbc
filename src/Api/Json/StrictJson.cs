using System.Text;
using System.Text.Json;
using Exchange.Api.Errors;

namespace Exchange.Api.Json;

/// <summary>A request body: one flat JSON object whose fields are all known.</summary>
internal interface IJsonRequest<TSelf> where TSelf : IJsonRequest<TSelf>, new()
{
    static abstract FieldSet Fields { get; }

    /// <summary>Reads one value. JSON null never arrives here: it means "not given".</summary>
    static abstract Refusal? Read(TSelf request, int field, ref Utf8JsonReader reader);

    /// <summary>What can be said only when all fields are read, such as what is missing.</summary>
    static abstract Refusal? Complete(TSelf request);
}

/// <summary>Reads JSON without leniency: no unknown, repeated or nested field, no comment, nothing after the object.</summary>
internal static class StrictJson
{
    private const int EchoedNameLength = 40;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static Refusal? Read<T>(ReadOnlySpan<byte> json, out T request) where T : IJsonRequest<T>, new()
    {
        request = new T();
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            return ReadObject(ref reader, request) ?? T.Complete(request);
        }
        catch (JsonException)
        {
            return EdgeErrors.MalformedJson;
        }
    }

    /// <summary>An array of objects, each read as strictly as if it came alone.</summary>
    public static Refusal? ReadMany<T>(ReadOnlySpan<byte> json, int countMax, out List<T> requests) where T : IJsonRequest<T>, new()
    {
        requests = [];
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return EdgeErrors.MalformedJson;
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                if (requests.Count == countMax)
                    return EdgeErrors.TooManyItems;
                var request = new T();
                if ((ReadFields(ref reader, request) ?? T.Complete(request)) is { } refusal)
                    return refusal with { Details = [.. refusal.Details, new("index", $"{requests.Count}")] };
                requests.Add(request);
            }
            return reader.TokenType != JsonTokenType.EndArray || reader.Read() ? EdgeErrors.MalformedJson : null;
        }
        catch (JsonException)
        {
            return EdgeErrors.MalformedJson;
        }
    }

    private static Refusal? ReadObject<T>(ref Utf8JsonReader reader, T request) where T : IJsonRequest<T>, new()
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return EdgeErrors.MalformedJson;
        if (ReadFields(ref reader, request) is { } refusal)
            return refusal;
        return reader.Read() ? EdgeErrors.MalformedJson : null;
    }

    private static Refusal? ReadFields<T>(ref Utf8JsonReader reader, T request) where T : IJsonRequest<T>, new()
    {
        var seen = 0u;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = T.Fields.IndexOf(ref reader);
            if (field < 0)
                return EdgeErrors.UnknownField.With("field", EchoOf(reader.ValueSpan));
            if ((seen & (1u << field)) != 0)
                return EdgeErrors.DuplicateField.With("field", T.Fields.Names[field]);
            seen |= 1u << field;

            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                return EdgeErrors.InvalidField.With("field", T.Fields.Names[field]);
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (T.Read(request, field, ref reader) is { } refusal)
                return refusal;
        }
        return null;
    }

    private static string EchoOf(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name.Length > EchoedNameLength ? name[..EchoedNameLength] : name);
}
