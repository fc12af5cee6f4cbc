using System.Text;
using System.Text.Json;

namespace Exchange.Api.Json;

internal static class JsonValues
{
    /// <summary>A JSON string of 1 to <paramref name="maxLength"/> visible ASCII characters.</summary>
    public static bool TryGetAscii(ref this Utf8JsonReader reader, int maxLength, out string value)
    {
        value = "";
        if (reader.TokenType != JsonTokenType.String)
            return false;
        if (!reader.ValueIsEscaped)
        {
            var raw = reader.ValueSpan;
            if (raw.IsEmpty || raw.Length > maxLength || raw.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
                return false;
            value = Encoding.ASCII.GetString(raw);
            return true;
        }
        return reader.ValueSpan.Length <= maxLength * 6 && reader.TryUnescape(out value) && IsVisibleAscii(value, maxLength);
    }

    /// <summary>A decimal as a JSON string or as a JSON number, read from its digits and never through a binary fraction.</summary>
    public static bool TryGetPositiveDecimal(ref this Utf8JsonReader reader, out decimal value)
    {
        value = 0;
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && !reader.ValueIsEscaped
            && StrictDecimal.TryParsePositive(reader.ValueSpan, out value);
    }

    /// <summary>A 64-bit id as a JSON string or as a JSON number.</summary>
    public static bool TryGetId(ref this Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && !reader.ValueIsEscaped
            && StrictId.TryParse(reader.ValueSpan, out value);
    }

    public static bool IsVisibleAscii(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>False where the escapes make no text, such as half of a surrogate pair.</summary>
    public static bool TryUnescape(ref this Utf8JsonReader reader, out string value)
    {
        try
        {
            value = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            value = "";
            return false;
        }
    }
}
