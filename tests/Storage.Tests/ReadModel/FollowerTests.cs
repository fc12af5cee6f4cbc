using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Tests.ReadModel;

public sealed class FollowerTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_it_was_followed_and_interrupted_the_model_is_the_one_read_from_scratch(int seed)
    {
        var random = new Random(seed);
        var history = new History(seed);
        TestDatabase database = new();
        var rig = new FollowerRig(database);
        for (int step = 0; step < 1_200; step++)
        {
            history.Next((stream, at, events) => rig.Append(stream, at, events));
            switch (random.Next(60))
            {
                case < 10:
                    rig.Flush();
                    break;
                case < 18:
                    await rig.FlushAndFollow();
                    break;
                case 18:
                    rig.Flush();
                    (database, rig) = await Crash(database, rig, random.Next(2) == 0);
                    break;
            }
        }

        await rig.FlushAndFollow();
        string followed = TableDump.Of(rig.Journal.Dialect);
        await rig.Model.RebuildAsync();
        string rebuilt = TableDump.Of(rig.Journal.Dialect);
        rig.Dispose();
        database.Dispose();

        Assert.True(followed == rebuilt, $"seed {seed}");
        Assert.Contains("BTC_USDT", followed, StringComparison.Ordinal);
        Assert.True(followed.Length > 50_000, $"seed {seed}: only {followed.Length} characters");
    }

    [Fact]
    public async Task A_read_model_that_was_deleted_comes_back()
    {
        string before;
        using (var rig = new FollowerRig(_database))
        {
            await Fill(rig);
            before = TableDump.Of(rig.Journal.Dialect);
        }

        _database.Lose(StorePurpose.ReadModel);

        using var again = new FollowerRig(_database);
        await again.Follow();
        Assert.Equal(before, TableDump.Of(again.Journal.Dialect));
    }

    [Fact]
    public async Task A_read_model_of_another_journal_is_built_anew()
    {
        using (var other = new FollowerRig(_database))
        {
            await Fill(other);
        }

        _database.Lose(StorePurpose.Journal);

        using var rig = new FollowerRig(_database);
        rig.Append(Streams.Markets, 1, new MarketListed(History.Eth));
        await rig.FlushAndFollow();
        Assert.Equal(["ETH_USDT"], (await rig.Model.MarketsAsync()).Select(market => market.Symbol));
        Assert.Empty(await rig.Model.UsersAsync(0, 100));
    }

    [Fact]
    public async Task A_read_model_ahead_of_a_journal_that_was_put_back_is_built_anew()
    {
        using (var rig = new FollowerRig(_database))
        {
            rig.Append(Streams.Markets, 1, new MarketListed(History.Btc));
            rig.Append(Streams.Portfolio(1), 1, new AccountOpened(1, "kept@example.org"));
            await rig.FlushAndFollow();
        }

        Action putBack = _database.KeepJournal();
        using (var rig = new FollowerRig(_database))
        {
            rig.Append(Streams.Portfolio(2), 1, new AccountOpened(2, "lost@example.org"));
            await rig.FlushAndFollow();
            Assert.Equal(2, (await rig.Model.UsersAsync(0, 100)).Count);
        }

        putBack();
        using var after = new FollowerRig(_database);
        await after.Follow();
        Assert.Equal(["kept@example.org"], (await after.Model.UsersAsync(0, 100)).Select(user => user.Email));
    }

    [Fact]
    public async Task A_follower_that_missed_the_feed_reads_the_journal()
    {
        using var rig = new FollowerRig(_database);
        await rig.Follow();
        rig.Append(Streams.Markets, 1, new MarketListed(History.Btc));
        for (int deposit = 0; deposit < 500; deposit++)
        {
            rig.Append(Streams.Portfolio(1), deposit, new FundsDeposited($"{deposit}", "USDT", 1));
        }

        await rig.FlushAndFollow();
        Assert.Equal(500, (await rig.Model.DepositsAsync(1, long.MaxValue, 1_000)).Count);
        Assert.Equal(TimeSpan.Zero, rig.Model.Lag);
    }

    [Fact]
    public async Task A_record_that_cannot_be_taken_in_stops_the_model_and_is_not_skipped()
    {
        using var rig = new FollowerRig(_database);
        rig.Append(Streams.Portfolio(1), 1, new AccountOpened(1, "a@example.org"));
        rig.Append(Streams.Symbol("NOWHERE"), 1, new OrderAccepted(1, 1, "", Side.Buy, OrderType.Limit, default, 1, 1, 0, 1, default));
        rig.Append(Streams.Portfolio(1), 1, new FundsDeposited("d", "USDT", 1));
        rig.Flush();

        var failure = await Assert.ThrowsAsync<ReadModelException>(rig.Follow);
        Assert.Contains("Record 1 of 'symbol/NOWHERE'", failure.Message, StringComparison.Ordinal);
        Assert.NotEqual(TimeSpan.Zero, rig.Model.Lag);

        rig.Append(Streams.Markets, 1, new MarketListed(History.Listing(3, "NOWHERE", "NOW")));
        await rig.FlushAndFollow();
        Assert.Single(await rig.Model.DepositsAsync(1, long.MaxValue, 10));
    }

    [Fact]
    public async Task Commands_survive_a_rebuild_and_only_the_newest_are_kept()
    {
        using var rig = new FollowerRig(_database, new StorageOptions { CommandsKept = 3 });
        for (int command = 1; command <= 5; command++)
        {
            rig.Commands.Record(new CommandEntry(command % 2, "place", $"{command}", Reason.None, 1_000, 250));
        }

        await rig.Follow();
        await rig.Model.RebuildAsync();
        Assert.Equal(["5", "4", "3"], (await rig.Commands.ListAsync(null)).Select(row => row.Command.Subject));
        Assert.Equal(["5", "3"], (await rig.Commands.ListAsync(1)).Select(row => row.Command.Subject));
    }

    private static async Task Fill(FollowerRig rig)
    {
        var history = new History(42);
        for (int step = 0; step < 200; step++)
        {
            history.Next((stream, at, events) => rig.Append(stream, at, events));
        }

        await rig.FlushAndFollow();
    }

    /// <summary>Sometimes the read model's log, which is not synced, is lost.</summary>
    private static async Task<(TestDatabase, FollowerRig)> Crash(TestDatabase database, FollowerRig rig, bool losesLog)
    {
        TestDatabase crashed = database.AfterCrash(losesLog);
        var next = new FollowerRig(crashed);
        await next.TakeHeads();
        rig.Dispose();
        database.Dispose();
        return (crashed, next);
    }
}
