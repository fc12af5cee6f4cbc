using Exchange.Simulation.Tests.Checks;
using Exchange.Storage.Closures;

namespace Exchange.Simulation.Tests.World;

/// <summary>What owners have been told, and what waits for an operator. Telling fails at times, or works and nobody hears of it.</summary>
public sealed class SimClosures(TimeProvider clock, Chance chance) : IClosures
{
    private const int MostOfThousand = 300;

    private readonly List<Closure> _told = [];
    private readonly List<Closure> _buried = [];

    public IReadOnlyList<Closure> Told => _told;
    public IReadOnlyList<Closure> Buried => _buried;

    public async Task<IReadOnlyList<long>> FileAsync(IReadOnlyList<Closure> closures, int attempts)
    {
        await Hurdle();
        foreach (var closure in closures)
        {
            if (!IsKnown(closure))
                _told.Add(closure);
        }

        await Hurdle();
        return [.. closures.Select(closure => (long)_told.FindIndex(told => told.Key == closure.Key) + 1)];
    }

    public async Task BuryAsync(Closure closure, int attempts, string reason)
    {
        await Hurdle();
        if (!IsKnown(closure))
            _buried.Add(closure);
    }

    private bool IsKnown(Closure closure)
    {
        if (_told.Concat(_buried).FirstOrDefault(known => known.Key == closure.Key) is not { } known)
            return false;
        Rule.Holds(known == closure, () => $"{closure.Key} was told as {known} and then as {closure}.");
        return true;
    }

    private async Task Hurdle()
    {
        await Task.Delay(chance.Ms(0, 10), clock);
        if (chance.Fault(MostOfThousand))
            throw new IOException("Nobody could be told.");
    }
}
