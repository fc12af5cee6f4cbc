namespace Exchange.Domain.Orders;

/// <summary>The ids that clients give their orders: 1 to 36 of the characters A-Z a-z 0-9 . : / _ -</summary>
public static class ClientOrderIds
{
    public const int LengthMax = 36;

    public static bool IsValid(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > LengthMax)
            return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':' or '/'))
                return false;
        }

        return true;
    }
}
