using System.Buffers.Text;
using System.Text.Json;

namespace Exchange.Api.Json;

internal static class JsonId
{
    /// <summary>Ids have 64 bits, more than a JavaScript number holds, so they travel as strings.</summary>
    public static void WriteId(this Utf8JsonWriter json, JsonEncodedText name, long id)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(id, text, out var length);
        json.WriteString(name, text[..length]);
    }

    public static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
