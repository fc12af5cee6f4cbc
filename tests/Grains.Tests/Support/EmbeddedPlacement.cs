namespace Exchange.Grains.Tests.Support;

internal static class Placement
{
    public static void PlaceAtRandom(this ISiloBuilder silo)
    {
        // It knows nothing else.
    }
}
