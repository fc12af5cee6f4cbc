using System.Collections.Concurrent;
using System.Reflection;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

/// <summary>One symbol is active: BTC_USDT. A proxy, because the engines' interfaces differ in what else they have.</summary>
public class FakeManagement : DispatchProxy
{
    private const string SymbolClass = "Exchange.Grains.Symbols.SymbolGrain";

    public static IManagementGrain Make() => Create<IManagementGrain, FakeManagement>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IManagementGrain.GetDetailedGrainStatistics) => Task.FromResult(new[]
        {
            new DetailedGrainStatistic { GrainType = SymbolClass, GrainId = GrainId.Create("symbol", "BTC_USDT") },
        }),
        nameof(IManagementGrain.GetSimpleGrainStatistics) => Task.FromResult(new[]
        {
            new SimpleGrainStatistic { GrainType = SymbolClass, SiloAddress = SiloAddress.Zero, ActivationCount = 1 },
            new SimpleGrainStatistic
            {
                GrainType = "Exchange.Grains.Portfolios.PortfolioGrain,Exchange.Grains",
                SiloAddress = SiloAddress.Zero,
                ActivationCount = 3,
            },
        }),
        _ => throw new NotSupportedException(targetMethod.Name),
    };
}

public sealed class FakeMarkets : IMarketsGrain
{
    public ConcurrentQueue<string> Calls { get; } = new();
    public Reason Outcome { get; set; }

    public Task<int> EnsureListed() => throw new NotSupportedException();

    public Task<long> Watch(IMarketsObserver observer, SiloAddress? silo) => throw new NotSupportedException();

    public Task<Reason> SetStatus(string symbol, MarketStatus status) => Note($"{symbol} {status}", Outcome);

    public Task<Reason> Delist(string symbol) => Note($"delist {symbol}", Outcome);

    public Task<StopReply> StopTrading(StopKind kind, string by, string why) => Note($"stop {kind} {by} {why}", new StopReply(true, 1, 0));

    public Task<StopReply> ResumeTrading(StopKind kind, string by) => Note($"resume {kind} {by}", new StopReply(kind == StopKind.Emergency, 1, 0));

    private Task<T> Note<T>(string call, T answer)
    {
        Calls.Enqueue(call);
        return Task.FromResult(answer);
    }
}

public sealed class FakeSymbolOperations(string symbol) : ISymbolOperations, ISymbolPositions
{
    public ConcurrentQueue<object> Calls { get; } = new();

    public SymbolReport Report { get; set; } = new(
        symbol, MarketStatus.Trading, FeedHealth.Live, 12, new SymbolWork(5, 2, 1, 7), 1, 4, 42, 99.5m, 100.5m, 100m, 100m, 1_000,
        new SymbolCounts(10, 3, 4, 2, [1, 2, 0, 0, 1, 0, 0], 20, 40_000, 9_000));

    public Task<SymbolReport> GetReport() => Task.FromResult(Report);

    public Task<SymbolWork> GetWork() => Task.FromResult(Report.Work);

    public Task CancelIfDelisted() => throw new NotSupportedException();

    public Task Leave()
    {
        Calls.Enqueue("leave");
        Report = Report with { Work = Report.Work with { Unsettled = 0 } };
        return Task.CompletedTask;
    }

    public Task<PositionReply> ChangePosition(ChangeAtSymbol change)
    {
        Calls.Enqueue(change);
        return Task.FromResult(new PositionReply(Reason.None, 0, null, null));
    }

    public Task<PositionReply> OpenPosition(OpenAtSymbol open) => throw new NotSupportedException();

    public Task<PositionReply> AddMargin(AddMarginAtSymbol margin) => throw new NotSupportedException();

    public Task<PositionReply> ClosePosition(CloseAtSymbol close) => throw new NotSupportedException();

    public Task<PositionsView> GetPositions(long account) => throw new NotSupportedException();
}

public sealed class FakeMaker(string symbol) : IMarketMakerGrain
{
    public MakerSettings Settings { get; private set; } = new(
        true, 10, 10, 10, 200, 10, 100, 20, 10_000, 1_000_000, new ReferenceSettings(ReferenceKind.Walk, 100, 500, "", 1));

    public MakerReply Outcome { get; set; } = new(Reason.None, "");

    public Task WakeUp() => throw new NotSupportedException();

    public Task<MakerView> Get() => Task.FromResult(new MakerView(
        symbol, 2_097_144, true, Settings, MakerState.Quoting, Reason.None, 100.05m, 1_000, -50, 380_000, 20, 40, 20));

    public Task<MakerReply> Change(MakerSettings settings)
    {
        if (Outcome.Reason == Reason.None)
            Settings = settings;
        return Task.FromResult(Outcome);
    }
}
