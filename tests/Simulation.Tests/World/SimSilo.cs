using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Embedded.Simulation;
using Exchange.Feeds;
using Exchange.Grains;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Journaling;
using Exchange.Grains.Markets;
using Exchange.Grains.Portfolios;
using Exchange.Grains.Supervision;
using Exchange.Grains.Symbols;
using Exchange.Grains.Values;
using Exchange.Storage.Closures;
using Exchange.Storage.Journal;
using Exchange.Storage.Snapshots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Simulation.Tests.World;

/// <summary>A whole exchange process on the shared scheduler, clock and store, which can be killed between any two turns.</summary>
public sealed class SimSilo : IDisposable
{
    private readonly SimulatedSilo _silo;
    private readonly SimJournal _journal;
    private readonly TimeProvider _clock;

    public SimSilo(
        SeededScheduler scheduler, TimeProvider clock, SimStore store, Chance chance, LateMail mail, IOpenWork work,
        IDeadLetterOffice letters, IClosures closures)
    {
        _clock = clock;
        _journal = new SimJournal(store, clock, chance);
        _silo = new SimulatedSilo(scheduler, clock, silo =>
        {
            silo.AddIncomingGrainCallFilter(new MessageFaults(chance, clock, mail));
            silo.Services.AddSingleton<IJournal>(_journal);
            silo.Services.AddSingleton<IJournalReader>(_journal);
            silo.Services.AddSingleton<ISnapshotStore>(new SimSnapshots(store, clock, chance));
            silo.Services.AddSingleton(work);
            silo.Services.AddSingleton(letters);
            silo.Services.AddSingleton(closures);
            silo.Services.AddSingleton<IMarketFeed>(Feed);
            silo.Services.AddSingleton<FeedHub>();
            silo.Services.AddExchangeGrains(new ConfigurationBuilder().Build());
            silo.Services.Configure<MarketsOptions>(options => options.Markets = SimMarkets.All);
            silo.Services.Configure<JournalingOptions>(options =>
                (options.SymbolRecordsPerSnapshot, options.PortfolioRecordsPerSnapshot) = (25, 10));
            silo.Services.Configure<ValueOptions>(options => options.SampleDelay = TimeSpan.Zero);
            silo.Services.Configure<PortfolioOptions>(options => options.ResetPause = TimeSpan.FromMinutes(1));
            silo.Services.Configure<PositionOptions>(options => options.Default = SimMarkets.Terms);
        });
        Startup = scheduler.Start("startup", KeepSweeping);
    }

    public ScriptedFeed Feed { get; } = new(DefaultMarkets.SimulatedVenue);

    public IGrainFactory Grains => _silo.Grains;

    public bool IsAlive => _silo.IsAlive;

    public bool IsReady { get; private set; }

    private Task Startup { get; }

    public void Kill()
    {
        _journal.Crash();
        _silo.Kill();
    }

    public void Stop()
    {
        _silo.Stop();
        _silo.Kill();
    }

    public void Dispose() => _silo.Dispose();

    /// <summary>What the host does in a thread of its own, in a lane instead.</summary>
    private async Task KeepSweeping()
    {
        while (IsAlive)
        {
            var isDone = await TrySweep();
            await Task.Delay(isDone ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1), _clock);
        }
    }

    private async Task<bool> TrySweep()
    {
        try
        {
            await Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).EnsureListed();
            await _silo.Services.GetRequiredService<DirectoryCopy>().Watch();
            await _silo.Services.GetRequiredService<MarketCatalog>().Refresh();
            await Grains.GetGrain<ISupervisorGrain>(ISupervisorGrain.Key).Sweep();
            IsReady = true;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public IPortfolioGrain Portfolio(long account) => Grains.GetGrain<IPortfolioGrain>(account);

    public IPortfolioReset Resets(long account) => Grains.GetGrain<IPortfolioReset>(account);

    public IPortfolioConditionals Pairs(long account) => Grains.GetGrain<IPortfolioConditionals>(account);

    public ISymbolGrain Symbol(string symbol) => Grains.GetGrain<ISymbolGrain>(symbol);
}

/// <summary>One market where only users meet, and one with a venue.</summary>
public static class SimMarkets
{
    public static Market Local { get; } = DefaultMarkets.All.Single(market => market.Symbol == "TATA_INR") with { Number = 1 };
    public static Market Venue { get; } = DefaultMarkets.All.Single(market => market.Symbol == "BTC_USDT") with { Number = 2 };
    public static IReadOnlyList<Market> All { get; } = [Local, Venue];

    /// <summary>So much maintenance that the largest leverage is liquidated by what the venue's price does.</summary>
    public static CfdTerms Terms { get; } = CfdTerms.Default with
    {
        MaintenanceBps = 92,
        EntryFeeBps = 5,
        ExitFeeBps = 5,
        FundingIntervalMs = 600_000,
        FundingRate = 0.0005m,
    };

    public static Market Of(string symbol) => All.Single(market => market.Symbol == symbol);
}
