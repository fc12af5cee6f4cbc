namespace Exchange.Api.Json;

/// <summary>
/// Decimals as the API takes them: ASCII digits with at most one point between them, no sign, no exponent, no space.
/// The bounds keep a price times a quantity far inside what decimal can hold.
/// </summary>
public static class StrictDecimal
{
    public const int MaxIntegerDigits = 13;
    public const int MaxFractionDigits = 15;
    public const int MaxLength = MaxIntegerDigits + 1 + MaxFractionDigits;

    /// <summary>The value has no trailing zeros, so equal numbers are equal in every representation.</summary>
    public static bool TryParsePositive(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > MaxLength)
            return false;

        var point = text.IndexOf((byte)'.');
        var integer = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (integer.IsEmpty || integer.Length > MaxIntegerDigits || (point >= 0 && fraction.IsEmpty) || fraction.Length > MaxFractionDigits)
            return false;
        if (integer.Length > 1 && integer[0] == '0')
            return false;
        if (!TryParseDigits(integer, out var whole) || !TryParseDigits(fraction, out var part))
            return false;

        var scale = fraction.Length;
        while (scale > 0 && part % 10 == 0)
        {
            part /= 10;
            scale--;
        }
        value = whole + new decimal((int)(uint)part, (int)(uint)(part >> 32), 0, false, (byte)scale);
        return value > 0;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (ulong)(digit - '0');
        }
        return true;
    }
}
