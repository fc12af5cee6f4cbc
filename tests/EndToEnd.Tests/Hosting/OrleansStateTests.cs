using System.Text;
using Exchange.EndToEnd.Tests.Harness;
using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Exchange.Silo.Engine;
using Exchange.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;

namespace Exchange.EndToEnd.Tests.Hosting;

/// <summary>The Orleans provider and the exchange's own store are two ways to one table.</summary>
[Trait("Engine", "Orleans")]
public sealed class OrleansStateTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("user", "trader@example.org");

    private readonly string? _database = PostgresServer.CreateDatabase();
    private ExchangeStorage? _exchange;
    private IHost? _silo;

    private IGrainStorage Provider => _silo!.Services.GetRequiredKeyedService<IGrainStorage>(StateStores.Accounts);

    private GrainStateStorage Own => new(_exchange!.GrainState);

    public async Task InitializeAsync()
    {
        if (_database is null)
            return;
        _exchange = ExchangeStorage.Open(new StorageOptions { Postgres = _database }, TimeProvider.System, NullLogger.Instance);
        _silo = Host.CreateDefaultBuilder()
            .UseOrleans(silo => silo.UseLocalhostClustering(Ports.Free(), Ports.Free()).KeepState(_database))
            .Build();
        await _silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
            await _silo.StopAsync();
        _silo?.Dispose();
        _exchange?.Dispose();
        if (_database is not null)
            PostgresServer.DropDatabase(_database);
    }

    [PostgresFact]
    public async Task What_nobody_has_written_is_empty()
    {
        var state = await ReadAsync(Provider, Grain);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Account);
        Assert.Empty(state.State!.Keys);
    }

    [PostgresFact]
    public async Task What_one_engine_writes_the_other_reads_and_writes_on()
    {
        var first = await ReadAsync(Own, Grain);
        first.State!.Account = 7;
        await Own.WriteStateAsync("user", Grain, first);

        var second = await ReadAsync(Provider, Grain);
        Assert.Equal((7, first.ETag), (second.State!.Account, second.ETag));
        second.State!.Keys.Add("key");
        await Provider.WriteStateAsync("user", Grain, second);

        var third = await ReadAsync(Own, Grain);
        Assert.Equal((7, second.ETag, true), (third.State!.Account, third.ETag, third.RecordExists));
        Assert.Equal(["key"], third.State!.Keys);
        Assert.NotEqual(first.ETag, third.ETag);
    }

    [PostgresFact]
    public async Task Both_write_the_same_bytes()
    {
        var other = GrainId.Create("user", "other@example.org");
        await WriteNewAsync(Own, Grain, account: 9);
        await WriteNewAsync(Provider, other, account: 9);

        var own = await _exchange!.GrainState.ReadAsync("user", Grain.ToString());
        var provided = await _exchange.GrainState.ReadAsync("user", other.ToString());

        Assert.Equal(Encoding.UTF8.GetString(own.Payload!.Value.Span), Encoding.UTF8.GetString(provided.Payload!.Value.Span));
    }

    [PostgresFact]
    public async Task Whoever_writes_on_what_has_changed_since_is_told()
    {
        await WriteNewAsync(Provider, Grain, account: 1);
        var late = await ReadAsync(Provider, Grain);
        var early = await ReadAsync(Own, Grain);
        await Own.WriteStateAsync("user", Grain, early);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Provider.WriteStateAsync("user", Grain, late));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Provider.ClearStateAsync("user", Grain, late));

        Assert.Equal(early.ETag, (await ReadAsync(Provider, Grain)).ETag);
    }

    [PostgresFact]
    public async Task Of_two_that_write_first_one_is_told()
    {
        var (one, two) = (new GrainState<UserRecord>(new UserRecord()), new GrainState<UserRecord>(new UserRecord()));

        await Provider.WriteStateAsync("user", Grain, one);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Provider.WriteStateAsync("user", Grain, two));
    }

    [PostgresFact]
    public async Task What_was_cleared_is_gone_for_both_and_keeps_its_place()
    {
        var state = await WriteNewAsync(Provider, Grain, account: 5);

        await Provider.ClearStateAsync("user", Grain, state);

        foreach (var storage in new[] { Provider, Own })
        {
            var seen = await ReadAsync(storage, Grain);
            Assert.Equal((false, 0, state.ETag), (seen.RecordExists, seen.State!.Account, seen.ETag));
        }

        await Provider.WriteStateAsync("user", Grain, state);
        Assert.True((await ReadAsync(Own, Grain)).RecordExists);
    }

    /// <summary>Keys that look like numbers, grains of other kinds with the same key, and characters that mean something elsewhere.</summary>
    [PostgresFact]
    public async Task No_two_grains_share_a_state()
    {
        GrainId[] grains =
        [
            GrainId.Create("user", "a"), GrainId.Create("user", "A"), GrainId.Create("user", "10"), GrainId.Create("apikey", "10"),
            GrainId.Create("user", "0123456789abcdef0123456789abcdef"), GrainId.Create("user", "0123456789ABCDEF0123456789ABCDEF"),
            GrainId.Create("user", "a`b[c],d/e@example.org"), GrainId.Create("user", "ä@example.org"), GrainId.Create("user", "%41@example.org"),
        ];
        for (var i = 0; i < grains.Length; i++)
            await WriteNewAsync(Provider, grains[i], account: i + 1);

        for (var i = 0; i < grains.Length; i++)
        {
            Assert.Equal(i + 1, (await ReadAsync(Provider, grains[i])).State!.Account);
            Assert.Equal(i + 1, (await ReadAsync(Own, grains[i])).State!.Account);
        }
    }

    private static async Task<GrainState<UserRecord>> WriteNewAsync(IGrainStorage storage, GrainId grain, long account)
    {
        var state = new GrainState<UserRecord>(new UserRecord { Account = account });
        await storage.WriteStateAsync("user", grain, state);
        return state;
    }

    private static async Task<GrainState<UserRecord>> ReadAsync(IGrainStorage storage, GrainId grain)
    {
        var state = new GrainState<UserRecord>();
        await storage.ReadStateAsync("user", grain, state);
        return state;
    }
}
