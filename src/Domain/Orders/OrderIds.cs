namespace Exchange.Domain.Orders;

/// <summary>
/// An order's id carries its account: account * 2^32 + the account's own counter. Accounts stay below 2^21,
/// so that every id is exact in a double, which is what JavaScript clients read it into.
/// </summary>
public static class OrderIds
{
    public const long AccountMax = (1L << 21) - 1;
    public const long CounterMax = uint.MaxValue;

    public static long Create(long account, long counter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(account, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(account, AccountMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(counter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, CounterMax);
        return (account << 32) | counter;
    }

    public static long AccountOf(long orderId) => orderId >> 32;

    public static long CounterOf(long orderId) => orderId & uint.MaxValue;
}
