using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.Support;

/// <summary>As the silo of the exchange has it. Orleans' default goes by load figures and may put everything in one place.</summary>
internal static class Placement
{
    public static void PlaceAtRandom(this ISiloBuilder silo) => silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
}
