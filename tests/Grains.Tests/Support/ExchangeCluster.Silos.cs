using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Exchange.Grains.Tests.Support;

/// <summary>The silos of an exchange, where there are several: who is where, who goes, who comes.</summary>
public sealed partial class ExchangeCluster
{
    /// <summary>Asked of each silo before it starts.</summary>
    public Action<SiloWorld> Prepare { get; set; } = _ => { };

    /// <summary>
    /// A cluster of its own on the same journal: what the other half of one that has been cut in two would be. Each half has
    /// every grain, and knows nothing of the other.
    /// </summary>
    public async Task<ExchangeCluster> OtherHalf()
    {
        var half = new ExchangeCluster
        {
            Journal = Journal,
            Snapshots = Snapshots,
            States = States,
            Clock = Clock,
            Feed = Feed,
            Closures = Closures,
            DeadLetters = DeadLetters,
            Configure = Configure,
        };
        await half.StartSilos();
        return half;
    }

    public IReadOnlyList<SiloAddress> Silos => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    /// <summary>Null where nobody has it awake.</summary>
    public async Task<SiloAddress?> SiloOf(IAddressable grain)
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        return await management.GetActivationAddress(grain) is { } silo && Silos.Contains(silo) ? silo : null;
    }

    public IServiceProvider ServicesOf(SiloAddress silo) => _cluster.GetSiloServiceProvider(silo);

    public SiloWorld WorldOf(SiloAddress silo) => ServicesOf(silo).GetRequiredService<SiloWorld>();

    /// <summary>As when its process is killed: nothing of it is told, saved or handed over.</summary>
    public Task Kill(SiloAddress silo)
    {
        WorldOf(silo).Line.Cut();
        return _cluster.KillSiloAsync(HandleOf(silo));
    }

    public Task Stop(SiloAddress silo) => _cluster.StopSiloAsync(HandleOf(silo));

    public async Task<SiloAddress> AddSilo()
    {
        var silo = await _cluster.StartAdditionalSiloAsync();
        await UntilReady(silo.SiloAddress);
        return silo.SiloAddress;
    }

    /// <summary>A client's retry: a silo that goes takes the answers with it that it owed.</summary>
    public async Task<T> Retrying<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Passing(call().WaitAsync(TimeSpan.FromSeconds(3)));
            }
            catch (Exception) when (attempt < 20)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(20);
            }
        }
    }

    /// <summary>
    /// Lets so much virtual time pass at most. What has to happen sooner than the next minute's sweep must not be done by it.
    /// </summary>
    public Task WithinSeconds(int seconds, Func<Task<bool>> condition, string what)
    {
        var end = NowMs + (seconds * 1_000L);
        return Eventually.Holds(
            async () =>
            {
                if (NowMs < end)
                    Clock.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Delay(10);
                return await condition();
            },
            what);
    }

    public async Task<AuditReport> Audit()
    {
        var audit = new ConservationAudit(DefaultMarkets.All);
        await foreach (var record in Journal.ReadAllAsync())
            audit.Feed(record.Stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        return audit.Report();
    }

    /// <summary>All that traded has arrived, once, and no money was made or lost.</summary>
    public async Task SettlesExactly()
    {
        await Passing(async () => (await Audit()).InFlight == 0, "everything is settled");
        var report = await Audit();
        Assert.True(report.IsClean, string.Join('\n', report.Problems));
        Assert.All(report.Assets, asset => Assert.Equal(0, asset.Difference));
    }

    private InProcessSiloHandle HandleOf(SiloAddress silo) => _cluster.Silos.Single(handle => handle.SiloAddress.Equals(silo));

    private Task UntilReady(SiloAddress silo)
    {
        var readiness = ServicesOf(silo).GetRequiredService<IExchangeReadiness>();
        return _size == 1
            ? Eventually.Holds(() => readiness.IsReady, "the exchange is ready")
            : Passing(() => readiness.IsReady, "the exchange is ready");
    }
}
