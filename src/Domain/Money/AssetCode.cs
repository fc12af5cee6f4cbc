namespace Exchange.Domain.Money;

/// <summary>Codes are upper-case ASCII letters and digits, nothing that merely looks like them.</summary>
public static class AssetCode
{
    public const int LengthMax = 16;

    public static bool IsValid(ReadOnlySpan<char> code)
    {
        if (code.Length is 0 or > LengthMax)
            return false;
        foreach (var c in code)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
                return false;
        }

        return true;
    }

    /// <summary>Accepts lower case as well and gives the upper-case code.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out string code)
    {
        code = "";
        if (text.Length is 0 or > LengthMax)
            return false;

        Span<char> upper = stackalloc char[LengthMax];
        for (var i = 0; i < text.Length; i++)
            upper[i] = char.IsAsciiLetterLower(text[i]) ? (char)(text[i] - 'a' + 'A') : text[i];
        if (!IsValid(upper[..text.Length]))
            return false;

        code = new string(upper[..text.Length]);
        return true;
    }
}
