using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Supervision;
using Exchange.Grains.Symbols;
using Exchange.Grains.Users;
using Exchange.Storage.Journal;
using Exchange.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Exchange.Grains.Tests.Support;

/// <summary>An exchange on a test cluster. Journal, snapshots, clock and feed belong to the test and survive a restart of the cluster.</summary>
public sealed partial class ExchangeCluster : IAsyncDisposable
{
    public const string Tata = "TATA_INR";
    public const string Btc = "BTC_USDT";
    private const string GrainClock = "Orleans.Grains";

    private InProcessTestCluster _cluster = null!;
    private short _size = 1;

    public MemoryJournal Journal { get; private init; } = new();
    public MemorySnapshots Snapshots { get; private init; } = new();
    public KeptGrainStates States { get; private init; } = new();
    public RecordedDeadLetters DeadLetters { get; private init; } = new();
    public VirtualTimeProvider Clock { get; private init; } = new();
    public ScriptedFeed Feed { get; private init; } = new(DefaultMarkets.SimulatedVenue);
    public MessageFaults Messages { get; } = new();
    public ListedOpenWork OpenWork { get; } = new();
    public RecordedClosures Closures { get; private init; } = new();
    public Action<IServiceCollection> Configure { get; set; } = _ => { };

    public IGrainFactory Grains => _cluster.Client;
    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static Task<ExchangeCluster> Start(Action<IServiceCollection>? configure = null) => Start(1, configure);

    public static async Task<ExchangeCluster> Start(short silos, Action<IServiceCollection>? configure = null)
    {
        var cluster = new ExchangeCluster { _size = silos, Configure = configure ?? (_ => { }) };
        await cluster.StartSilos();
        return cluster;
    }

    /// <summary>Ends the silo, without grace if asked, and starts a new one on what was stored.</summary>
    public async Task Restart(bool gracefully = true)
    {
        if (gracefully)
            await _cluster.StopAllSilosAsync();
        else
            Journal.Fault = _ => AppendFault.Lost;
        await _cluster.DisposeAsync();
        Journal.Fault = _ => AppendFault.None;
        await StartSilos();
    }

    public IPortfolioGrain Portfolio(long account) => Grains.GetGrain<IPortfolioGrain>(account);

    public ISymbolGrain Symbol(string symbol) => Grains.GetGrain<ISymbolGrain>(symbol);

    public async Task<IPortfolioGrain> User(long account, params (string Asset, decimal Amount)[] deposits)
    {
        var portfolio = Portfolio(account);
        Assert.Equal(Reason.None, await portfolio.Open($"user{account}@example.com"));
        foreach (var (asset, amount) in deposits)
            Assert.Equal(Reason.None, (await portfolio.Deposit(new DepositFunds($"{asset}-1", asset, amount))).Reason);
        return portfolio;
    }

    public void OpenVenue(string symbol, (long Price, long Lots)[] bids, (long Price, long Lots)[] asks) =>
        Feed.Open(symbol, bids, asks, NowMs);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public static PlaceOrder Limit(string symbol, Side side, decimal price, decimal quantity, string clientOrderId = "") =>
        new(clientOrderId, symbol, side, OrderType.Limit, TimeInForce.GoodTillCancelled, price, quantity, 0, 0, SelfTradePrevention.None);

    public static PlaceOrder Market(string symbol, Side side, decimal quantity, decimal quoteAmount = 0) =>
        new("", symbol, side, OrderType.Market, TimeInForce.ImmediateOrCancel, 0, quantity, quoteAmount, 0, SelfTradePrevention.None);

    /// <summary>Lets virtual time pass until the task is done: for what waits between its attempts.</summary>
    public async Task<T> Passing<T>(Task<T> task)
    {
        await Passing(() => task.IsCompleted, "the call is answered");
        return await task;
    }

    public Task Passing(Func<bool> condition, string what) => Passing(() => Task.FromResult(condition()), what);

    /// <summary>In small steps, each followed by a moment for the grains, so that nothing times out that would be answered.</summary>
    public Task Passing(Func<Task<bool>> condition, string what) => Eventually.Holds(
        async () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1);
            return await condition();
        },
        what);

    /// <summary>Everything that a stream's records say, in order.</summary>
    public async Task<List<DomainEvent>> Events(string stream)
    {
        var events = new List<DomainEvent>();
        await foreach (var record in Journal.ReadAsync(stream, 0))
            events.AddRange(EventCodec.Decode(record.Payload.Span).Events);
        return events;
    }

    private async Task StartSilos()
    {
        var builder = new InProcessTestClusterBuilder(_size);
        builder.ConfigureSilo((_, silo) =>
        {
            var world = new SiloWorld(this);
            Prepare(world);
            var states = world.States;
            silo.Services.AddGrainStorage(StateStores.Accounts, (_, _) => states);
            silo.AddIncomingGrainCallFilter(Messages);
            silo.PlaceAtRandom();
            AddServices(silo.Services, world);
        });
        _cluster = await Built(builder);
        await _cluster.DeployAsync();
        foreach (var silo in Silos)
            await UntilReady(silo);
    }

    /// <summary>Orleans looks for free ports, which are few on a machine that has just closed thousands of connections.</summary>
    private static async Task<InProcessTestCluster> Built(InProcessTestClusterBuilder builder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return builder.Build();
            }
            catch (InvalidOperationException) when (attempt < 60)
            {
                await Task.Delay(500);
            }
        }
    }

    /// <summary>
    /// Orleans asks for a clock for each kind of its work. Its membership loops would run on the thread that moves a virtual
    /// clock and not let it go, so what is the engine's keeps real time, and only grains live in the test's.
    /// </summary>
    private static void LeaveEngineInRealTime(IServiceCollection services, TimeProvider clock)
    {
        services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        services.AddKeyedSingleton(GrainClock, clock);
    }

    private void AddServices(IServiceCollection services, SiloWorld world)
    {
        var (clock, journal) = (world.Clock, world.Journal);
        services.AddSingleton(world);
        services.AddSingleton(clock);
        LeaveEngineInRealTime(services, clock);
        services.AddSingleton(journal);
        services.AddSingleton((IJournalReader)journal);
        services.AddSingleton(world.Snapshots);
        services.AddSingleton<IDeadLetterOffice>(DeadLetters);
        services.AddSingleton<IOpenWork>(_size == 1 ? OpenWork : new JournaledOpenWork(Journal));
        services.AddSingleton(world.Closures);
        services.AddSingleton(world.Feed);
        services.AddSingleton<FeedHub>();
        services.AddExchangeGrains(new ConfigurationBuilder().Build());
        services.Configure<MarketMakerOptions>(maker => maker.Enabled = false);
        Configure(services);
    }
}

public sealed class RecordedDeadLetters : IDeadLetterOffice
{
    private readonly Dictionary<long, DeadSettlement> _letters = [];
    private long _lastId;

    public List<long> Dropped { get; } = [];

    public IReadOnlyDictionary<long, DeadSettlement> Letters
    {
        get
        {
            lock (_letters)
                return new Dictionary<long, DeadSettlement>(_letters);
        }
    }

    public Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record)
    {
        lock (_letters)
        {
            if (!_letters.Values.Any(letter => (letter.Symbol, letter.Account, letter.Record[0].Sequence) == (symbol, account, record[0].Sequence)))
                _letters.Add(++_lastId, new DeadSettlement(symbol, account, record));
        }

        return Task.CompletedTask;
    }

    public Task<DeadSettlement?> Find(long letterId) => Task.FromResult(Letters.GetValueOrDefault(letterId));

    public Task Complete(long letterId)
    {
        lock (_letters)
            _letters.Remove(letterId);
        return Task.CompletedTask;
    }

    public Task Drop(long letterId)
    {
        Dropped.Add(letterId);
        return Complete(letterId);
    }

    public Task NoteRetry(long letterId) => Task.CompletedTask;
}

public sealed class ListedOpenWork : IOpenWork
{
    public List<string> Symbols { get; } = [];
    public List<long> Accounts { get; } = [];

    public Task<IReadOnlyList<string>> SymbolsAsync() => Task.FromResult<IReadOnlyList<string>>([.. Symbols]);

    public Task<IReadOnlyList<long>> AccountsAsync() => Task.FromResult<IReadOnlyList<long>>([.. Accounts]);
}
