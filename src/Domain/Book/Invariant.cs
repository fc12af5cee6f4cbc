namespace Exchange.Domain.Book;

internal static class Invariant
{
    public static void Holds(bool condition, string rule)
    {
        if (!condition)
            throw new InvalidOperationException($"The book is damaged: it no longer holds that {rule}.");
    }
}
