namespace Exchange.Feeds.Venues;

/// <summary>Reads a number from its text as whole digits and how many of them stand after the point.</summary>
internal static class DecimalText
{
    private const ulong MantissaMax = ulong.MaxValue / 10 - 1;
    private const int ExponentMax = 30;

    /// <summary>
    /// False for what is not a number, is negative, or has more whole digits than 64 bits hold. Digits after the point
    /// that no longer fit are left out.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
        bool afterPoint = false;
        bool anyDigit = false;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                anyDigit = true;
                if (mantissa <= MantissaMax)
                {
                    mantissa = mantissa * 10 + digit;
                    scale += afterPoint ? 1 : 0;
                }
                else if (!afterPoint)
                {
                    return false;
                }
            }
            else if (text[i] == '.' && !afterPoint)
            {
                afterPoint = true;
            }
            else
            {
                return anyDigit && text[i] is (byte)'e' or (byte)'E' && TryScale(text[(i + 1)..], ref mantissa, ref scale);
            }
        }
        return anyDigit;
    }

    private static bool TryScale(ReadOnlySpan<byte> text, ref ulong mantissa, ref int scale)
    {
        if (!System.Buffers.Text.Utf8Parser.TryParse(text, out int exponent, out int used) || used != text.Length
            || Math.Abs(exponent) > ExponentMax)
        {
            return false;
        }
        scale -= exponent;
        for (; scale < 0; scale++)
        {
            if (mantissa > MantissaMax)
                return false;
            mantissa *= 10;
        }
        return true;
    }
}
