namespace Exchange.Domain.Portfolios;

/// <summary>Only what can be said without sending mail: printable ASCII with something on both sides of a single @.</summary>
public static class EmailAddress
{
    public const int LengthMax = 254;

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (text.Length > LengthMax || at < 1 || at == text.Length - 1 || text[(at + 1)..].Contains('@'))
            return false;
        foreach (var c in text)
        {
            if (c is <= ' ' or > '~')
                return false;
        }

        return true;
    }
}
