using Exchange.Domain.Events;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>
/// Grains come alive when somebody names them. After a start nobody has named those that still owe a settlement or hold
/// an order whose hand-over was cut off, so the supervisor does: first every symbol that ever had something to do,
/// because an undelivered settlement shows nowhere else, later those with open orders. When a silo goes, and now and then anyway,
/// it is all again: an activation that nobody told of its successor may have left settlements where no order is open.
/// </summary>
public sealed class SupervisorGrain(
    IJournalReader journal, IOpenWork work, TimeProvider time, ILogger<SupervisorGrain> logger) : Grain, ISupervisorGrain
{
    private const int AtATime = 64;

    private static readonly TimeSpan FullSweepPeriod = TimeSpan.FromMinutes(30);

    private readonly HashSet<SiloAddress> _gone = [];
    private DateTimeOffset _nextFullSweep;

    public async Task Sweep()
    {
        if (time.GetUtcNow() >= _nextFullSweep)
            await SweepAll();
        else
            await Wake(await work.SymbolsAsync());
    }

    /// <summary>Each silo that stays says so; once is enough.</summary>
    public async Task<bool> SiloLeft(SiloAddress silo)
    {
        if (_gone.Contains(silo))
            return true;
        if (!await SweepAll())
            return false;
        _gone.Add(silo);
        return true;
    }

    private async Task<bool> SweepAll()
    {
        var now = time.GetUtcNow();
        var areAwake = await Wake(await SymbolsWithHistory());
        if (areAwake)
            _nextFullSweep = now + FullSweepPeriod;
        return areAwake;
    }

    /// <summary>Symbols first: to know the accounts, the read model may have to wait for whoever follows the journal now.</summary>
    private async Task<bool> Wake(IReadOnlyList<string> symbols)
    {
        var woken = await WakeAll(symbols, symbol => GrainFactory.GetGrain<ISymbolGrain>(symbol).WakeUp());
        var accounts = await work.AccountsAsync();
        woken += await WakeAll(accounts, account => GrainFactory.GetGrain<IPortfolioGrain>(account).WakeUp());
        Log.Swept(logger, woken, symbols.Count, accounts.Count);
        return woken == symbols.Count + accounts.Count;
    }

    private async Task<IReadOnlyList<string>> SymbolsWithHistory()
    {
        var symbols = new List<string>();
        await foreach (var head in journal.ReadHeadsAsync(Streams.SymbolPrefix))
            symbols.Add(head.Stream[Streams.SymbolPrefix.Length..]);
        return symbols;
    }

    private async Task<int> WakeAll<T>(IReadOnlyList<T> names, Func<T, Task> wake)
    {
        var woken = 0;
        foreach (var some in names.Chunk(AtATime))
        {
            var outcomes = await Task.WhenAll(some.Select(name => TryWake(name, wake)));
            woken += outcomes.Count(wasWoken => wasWoken);
        }

        return woken;
    }

    private async Task<bool> TryWake<T>(T name, Func<T, Task> wake)
    {
        try
        {
            await wake(name);
            return true;
        }
        catch (Exception exception)
        {
            Log.WakeFailed(logger, exception, name?.ToString() ?? "");
            return false;
        }
    }
}
