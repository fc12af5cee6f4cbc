using Exchange.Grains.Users;
using Exchange.Grains.Values;
using Orleans.Configuration;

namespace Exchange.Silo.Engine;

/// <summary>How long grains of a kind stay when nobody calls them. Symbols and whatever has a timer at work decide for themselves.</summary>
internal static class GrainAges
{
    /// <summary>Long enough for the pauses of somebody who trades; coming back costs a snapshot and the records since.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>Asked once a second while somebody is there, and read again with one row.</summary>
    private static readonly TimeSpan OfSignIns = TimeSpan.FromMinutes(5);

    /// <summary>Takes a sample every five minutes at most, and has nothing to remember in between.</summary>
    private static readonly TimeSpan OfValues = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddGrainAges(this IServiceCollection services) => services.Configure<GrainCollectionOptions>(options =>
    {
        options.CollectionAge = Usual;
        options.ClassSpecificCollectionAge[typeof(UserGrain).FullName!] = OfSignIns;
        options.ClassSpecificCollectionAge[typeof(ApiKeyGrain).FullName!] = OfSignIns;
        options.ClassSpecificCollectionAge[typeof(PortfolioValueGrain).FullName!] = OfValues;
    });
}
