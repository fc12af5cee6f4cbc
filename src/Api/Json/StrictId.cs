namespace Exchange.Api.Json;

/// <summary>A positive 64-bit number in its one canonical form: digits only, no leading zero.</summary>
public static class StrictId
{
    private const int MaxDigits = 19;

    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > MaxDigits || text[0] == '0')
            return false;
        var parsed = 0UL;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            parsed = (parsed * 10) + (ulong)(digit - '0');
        }
        if (parsed > long.MaxValue)
            return false;
        value = (long)parsed;
        return true;
    }

    public static bool TryParse(string text, out long value)
    {
        value = 0;
        if (text.Length > MaxDigits)
            return false;
        Span<byte> ascii = stackalloc byte[MaxDigits];
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                return false;
            ascii[i] = (byte)text[i];
        }
        return TryParse(ascii[..text.Length], out value);
    }
}
