namespace Exchange.Domain.Book;

internal static class Invariant
{
    public static void Holds(bool condition, string rule)
    {
        if (!condition)
            throw new InvalidOperationException($"A structure is damaged: it no longer holds that {rule}.");
    }
}
