using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Users;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Values;

[GenerateSerializer, Alias("Exchange.DailyValuesRecord")]
public sealed class DailyValuesRecord
{
    /// <summary>Since 1970; the last whose round went through.</summary>
    [Id(0)]
    public long Day { get; set; }
}

/// <summary>
/// Once a day it goes from account to account, a few at a time. A round that was cut off begins again; what has its sample costs
/// little.
/// </summary>
public sealed class DailyValuesGrain(
    [PersistentState("dailyvalues", StateStores.Accounts)] IPersistentState<DailyValuesRecord> stored,
    IJournalReader journal,
    IOptions<ValueOptions> options,
    TimeProvider time,
    ILogger<DailyValuesGrain> logger) : Grain, IDailyValuesGrain
{
    private const int AtATime = 16;

    private Task _round = Task.CompletedTask;

    public Task RunIfDue()
    {
        var today = time.GetUtcNow().ToUnixTimeMilliseconds() / TimeSpan.MillisecondsPerDay;
        if (options.Value.Daily && _round.IsCompleted && stored.State.Day < today)
            _round = Round(today);
        return Task.CompletedTask;
    }

    public Task<long> LastDay() => Task.FromResult(stored.State.Day);

    private async Task Round(long today)
    {
        try
        {
            var some = new List<long>(AtATime);
            await foreach (var head in journal.ReadHeadsAsync(Streams.PortfolioPrefix))
            {
                var account = long.Parse(head.Stream.AsSpan(Streams.PortfolioPrefix.Length), CultureInfo.InvariantCulture);
                if (account > 0)
                    some.Add(account);
                if (some.Count == AtATime)
                    await Sample(some);
            }

            await Sample(some);
            stored.State.Day = today;
            await stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            Log.DailyRoundFailed(logger, exception);
            DeactivateOnIdle();
        }
    }

    private async Task Sample(List<long> accounts)
    {
        await Task.WhenAll(accounts.Select(Sample));
        accounts.Clear();
    }

    /// <summary>One account that cannot be valued does not cost the others their day.</summary>
    private async Task Sample(long account)
    {
        try
        {
            await GrainFactory.GetGrain<IPortfolioValueGrain>(account).SampleDay();
        }
        catch (Exception exception)
        {
            Log.NotValued(logger, exception, account);
        }
    }
}
