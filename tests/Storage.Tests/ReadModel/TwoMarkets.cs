using Exchange.Domain.Events;
using Exchange.Storage.ReadModel;

namespace Exchange.Storage.Tests.ReadModel;

/// <summary>Tests that ask a read model which knows two markets.</summary>
public abstract class TwoMarkets : IAsyncLifetime, IDisposable
{
    protected const string Symbol = "BTC_USDT";

    private readonly TestDatabase _database = new();

    protected TwoMarkets() => Rig = new FollowerRig(_database);

    private protected FollowerRig Rig { get; }

    private protected IReadModel Model => Rig.Model;

    public async Task InitializeAsync()
    {
        Rig.Append(Streams.Markets, 1, new MarketListed(History.Btc), new MarketListed(History.Eth));
        await Rig.FlushAndFollow();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Rig.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }
}
