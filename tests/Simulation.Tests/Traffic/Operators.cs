using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Simulation.Tests.Checks;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Traffic;

/// <summary>Operators who stop trading and let it go on, freeze accounts and adjust balances, and repeat what they hear nothing of.</summary>
public sealed class Operators(Chance chance, TimeProvider clock, OperatorPromises promises, Func<bool> isAlone)
{
    private const string Ann = "ann@example.org";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(long Account, AdjustBalance Adjustment)> _asked = [];

    /// <summary>Two silos on one store are not a cluster: a directory of one knows nothing of the other's.</summary>
    public Task Act(SimSilo silo) => chance.Next(6) switch
    {
        0 => Stop(silo),
        1 => Resume(silo),
        2 => Patiently(() => Account(silo).Freeze(Ann, "odd trades")),
        3 => Patiently(() => Account(silo).Unfreeze(Ann, "explained")),
        4 => AdjustAgain(silo),
        _ => Adjust(silo),
    };

    /// <summary>So that what waits for a market, or for its owner, can come to its end.</summary>
    public async Task LetGo(SimSilo silo)
    {
        promises.MayTrade();
        while (!await Patiently(() => Markets(silo).ResumeTrading(StopKind.Emergency, Ann)))
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
        foreach (var account in Users.Accounts)
        {
            while (!await Patiently(() => silo.Grains.GetGrain<IPortfolioOperations>(account).Unfreeze(Ann, "the end")))
                await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }
    }

    private async Task Stop(SimSilo silo)
    {
        StopReply? reply = null;
        await Patiently(async () => reply = await Markets(silo).StopTrading(StopKind.Emergency, Ann, "fire"));
        if (reply is { Silent: 0, Silos: 1 } && isAlone())
            promises.Stopped();
    }

    private Task Resume(SimSilo silo)
    {
        promises.MayTrade();
        return Patiently(() => Markets(silo).ResumeTrading(StopKind.Emergency, Ann));
    }

    private Task Adjust(SimSilo silo)
    {
        var amount = chance.OneIn(2) ? 100m : -100m;
        var adjustment = new AdjustBalance($"a-{_asked.Count}", chance.OneIn(2) ? "INR" : "USDT", amount, Ann, "test");
        var account = 1L + chance.Next(Users.Count);
        _asked.Add((account, adjustment));
        return Adjust(silo, account, adjustment);
    }

    private Task AdjustAgain(SimSilo silo)
    {
        if (_asked.Count == 0)
            return Task.CompletedTask;
        var (account, adjustment) = chance.Of(_asked);
        return Adjust(silo, account, adjustment);
    }

    private Task Adjust(SimSilo silo, long account, AdjustBalance adjustment) => Patiently(async () =>
    {
        var reply = await silo.Grains.GetGrain<IPortfolioOperations>(account).Adjust(adjustment);
        if (reply.Reason == Reason.None)
            promises.Adjusted(account, adjustment.AdjustmentId);
    });

    private static IMarketsGrain Markets(SimSilo silo) => silo.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

    private IPortfolioOperations Account(SimSilo silo) => silo.Grains.GetGrain<IPortfolioOperations>(1L + chance.Next(Users.Count));

    /// <summary>False when there was no answer.</summary>
    private async Task<bool> Patiently(Func<Task> ask)
    {
        try
        {
            await ask().WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception exception) when (exception is not BrokenRuleException)
        {
            return false;
        }
    }
}
