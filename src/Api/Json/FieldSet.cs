using System.Text;
using System.Text.Json;

namespace Exchange.Api.Json;

/// <summary>The fields that a request may have, by index. At most 32, so that a bit mask remembers which were seen.</summary>
internal sealed class FieldSet(params string[] names)
{
    private readonly byte[][] utf8 = [.. names.Select(Encoding.ASCII.GetBytes)];

    public IReadOnlyList<string> Names => names;

    public int IndexOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            return reader.TryUnescape(out var name) ? IndexOf(name) : -1;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (reader.ValueSpan.SequenceEqual(utf8[i]))
                return i;
        }
        return -1;
    }

    public int IndexOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i;
        }
        return -1;
    }
}
