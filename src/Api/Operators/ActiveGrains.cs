namespace Exchange.Api.Operators;

/// <summary>What is active in the cluster, as the engine tells it. The engines differ in how they write the name of a class.</summary>
internal static class ActiveGrains
{
    private const string SymbolClass = "Exchange.Grains.Symbols.SymbolGrain";

    private static readonly string[] SymbolClasses = [SymbolClass, SymbolClass + ",Exchange.Grains"];

    public static async Task<string[]> SymbolsAsync(IGrainFactory grains)
    {
        var active = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(SymbolClasses);
        return [.. active.Select(grain => grain.GrainId.Key.ToString()!).Distinct()];
    }

    public static async Task<SiloFigures[]> SilosAsync(IGrainFactory grains)
    {
        var statistics = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return [.. statistics.GroupBy(entry => entry.SiloAddress.ToString()).Select(silo => new SiloFigures(
            silo.Key,
            silo.Sum(entry => entry.ActivationCount),
            silo.GroupBy(entry => KindOf(entry.GrainType)).ToDictionary(kind => kind.Key, kind => kind.Sum(entry => entry.ActivationCount))))];
    }

    /// <summary>SymbolGrain of Exchange.Grains.Symbols.SymbolGrain,Exchange.Grains.</summary>
    private static string KindOf(string grainType) => grainType.Split(',')[0].Split('.')[^1];
}
