using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Exchange.Api.Json;

/// <summary>Decimals as the API gives them: JSON strings in their shortest exact form.</summary>
internal static class JsonDecimal
{
    private const int Longest = 32;

    public static void WriteDecimal(this Utf8JsonWriter json, JsonEncodedText name, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteString(name, Format(value, text));
    }

    public static void WriteDecimalValue(this Utf8JsonWriter json, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteStringValue(Format(value, text));
    }

    /// <summary>Zero stands for "not given" in the contracts and is null on the wire.</summary>
    public static void WriteDecimalOrNull(this Utf8JsonWriter json, JsonEncodedText name, decimal value)
    {
        if (value == 0)
            json.WriteNull(name);
        else
            json.WriteDecimal(name, value);
    }

    public static string Text(decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        return System.Text.Encoding.ASCII.GetString(Format(value, text));
    }

    private static ReadOnlySpan<byte> Format(decimal value, Span<byte> buffer)
    {
        Utf8Formatter.TryFormat(value, buffer, out var length);
        var text = buffer[..length];
        if (!text.Contains((byte)'.'))
            return text;
        text = text.TrimEnd((byte)'0').TrimEnd((byte)'.');
        return text is [(byte)'-', (byte)'0'] ? "0"u8 : text;
    }
}

/// <summary>The same for types that a serializer writes.</summary>
internal sealed class JsonDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("A decimal is a JSON string.");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteDecimalValue(value);
}
