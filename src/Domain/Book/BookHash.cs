namespace Exchange.Domain.Book;

internal static class BookHash
{
    public const ulong Offset = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>FNV-1a over whole words: everything that decides what the book does next, in priority order.</summary>
    public static ulong Of(IEnumerable<RestingOrder> orders)
    {
        var hash = Offset;
        foreach (var order in orders)
        {
            hash = Mix(hash, order.Id);
            hash = Mix(hash, order.Account);
            hash = Mix(hash, (long)order.Side);
            hash = Mix(hash, order.Price);
            hash = Mix(hash, order.Lots);
            hash = Mix(hash, order.Display);
            hash = Mix(hash, order.Visible);
        }

        return hash;
    }

    public static ulong Mix(ulong hash, long value) => unchecked((hash ^ (ulong)value) * Prime);
}
