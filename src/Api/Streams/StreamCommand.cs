using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.Streams;

/// <summary>One message of a client: <c>{"method":..., "params":..., "id":...}</c>. Ids are echoed as they came.</summary>
internal readonly record struct StreamCommand(string Method, ReadOnlyMemory<byte> Params, ReadOnlyMemory<byte> Id)
{
    private const int MaxMethodLength = 32;
    private const int MaxIdLength = 66;
    private const int MaxNames = 1_000;
    private const int MaxNameLength = 2_048;

    private static readonly FieldSet Fields = new("method", "params", "id");
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static Refusal? Read(ReadOnlyMemory<byte> json, out StreamCommand command)
    {
        command = new StreamCommand("", default, default);
        var reader = new Utf8JsonReader(json.Span, Options);
        try
        {
            return Read(json, ref reader, ref command);
        }
        catch (JsonException)
        {
            return EdgeErrors.MalformedJson;
        }
    }

    /// <summary>The params as an array of strings.</summary>
    public Refusal? ReadNames(out List<string> names)
    {
        names = [];
        if (Params.IsEmpty)
            return EdgeErrors.MissingField.With("field", "params");
        var reader = new Utf8JsonReader(Params.Span, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return EdgeErrors.InvalidField.With("field", "params");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (names.Count >= MaxNames || !reader.TryGetAscii(MaxNameLength, out var name))
                return EdgeErrors.InvalidField.With("field", "params");
            names.Add(name);
        }

        return names.Count == 0 ? EdgeErrors.InvalidField.With("field", "params") : null;
    }

    private static Refusal? Read(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader, ref StreamCommand command)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return EdgeErrors.MalformedJson;
        var seen = 0;
        Refusal? refusal = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Fields.IndexOf(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (field < 0)
                refusal ??= EdgeErrors.UnknownField;
            else if ((seen & 1 << field) != 0)
                refusal ??= EdgeErrors.DuplicateField.With("field", Fields.Names[field]);
            else if (field == 0)
                refusal ??= ReadMethod(ref reader, ref command);
            else if (field == 2 && !IsId(reader))
                refusal ??= EdgeErrors.InvalidField.With("field", "id");
            seen |= field < 0 ? 0 : 1 << field;
            reader.Skip();
            var value = json[start..(int)reader.BytesConsumed];
            if (field == 1)
                command = command with { Params = value };
            else if (field == 2 && IsId(reader))
                command = command with { Id = value };
        }

        if (reader.Read())
            return EdgeErrors.MalformedJson;
        return refusal ?? (command.Method.Length == 0 ? EdgeErrors.MissingField.With("field", "method") : null);
    }

    private static Refusal? ReadMethod(ref Utf8JsonReader reader, ref StreamCommand command)
    {
        if (!reader.TryGetAscii(MaxMethodLength, out var method))
            return EdgeErrors.InvalidField.With("field", "method");
        command = command with { Method = method };
        return null;
    }

    private static bool IsId(in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.String or JsonTokenType.Null && reader.ValueSpan.Length <= MaxIdLength;
}
