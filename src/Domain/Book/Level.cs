using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>The queue at one price. It keeps its pool number while the ladder moves it between window and tree.</summary>
internal struct Level
{
    public long Key;
    public long Lots;
    public long Hidden;
    public int Head;
    public int Tail;
    public Side Side;

    /// <summary>Bids by price, asks by its negative: the greater key is the better price on either side.</summary>
    public static long KeyOf(Side side, long price)
    {
        var sign = -(long)side;
        return (price ^ sign) - sign;
    }

    public readonly long Price => KeyOf(Side, Key);
}
