using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>
/// An order as it rests. <see cref="Visible"/> is what is left of an iceberg's displayed slice; it belongs to the
/// state of the queue, so a snapshot carries it.
/// </summary>
public readonly record struct RestingOrder
{
    /// <summary>Far beyond any market, and low enough that no sum of prices and window sizes overflows.</summary>
    public const long MaxPrice = 1L << 60;

    public RestingOrder(long id, long account, Side side, long price, long lots, long display = 0, long visible = 0)
    {
        Id = id;
        Account = account;
        Side = side;
        Price = price;
        Lots = lots;
        Display = display;
        Visible = display == 0 ? lots : visible == 0 ? Math.Min(display, lots) : visible;
    }

    public long Id { get; }
    public long Account { get; }
    public long Price { get; }
    public long Lots { get; }
    public long Display { get; }
    public long Visible { get; }
    public Side Side { get; }

    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Price);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Price, MaxPrice);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Visible);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Visible, Lots);
        if (Display != 0)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Display);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Visible, Display);
        }
    }
}
