namespace Exchange.Storage;

internal static class Paging
{
    public const int LimitMax = 1_000;

    public static int Cap(int limit) => Math.Clamp(limit, 1, LimitMax);
}
