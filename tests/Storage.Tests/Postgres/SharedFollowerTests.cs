using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Tests.ReadModel;

namespace Exchange.Storage.Tests.Postgres;

public sealed class SharedFollowerTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task One_process_follows_for_all_and_another_takes_over_when_it_is_gone()
    {
        FollowerRig first = Open();
        await first.Follow();
        using FollowerRig second = Open();
        Deposit(first, account: 1);
        Deposit(second, account: 2);
        await second.Follow();
        Assert.Equal(2, await Deposits(second));
        Deposit(second, account: 3);
        await first.Follow();
        Assert.Equal(3, await Deposits(first));
        first.Dispose();

        Deposit(second, account: 4);
        await second.Follow();
        Assert.Equal(4, await Deposits(second));
        string followed = TableDump.Of(second.Journal.Dialect);
        await second.Model.RebuildAsync();
        Assert.Equal(followed, TableDump.Of(second.Journal.Dialect));
    }

    [PostgresFact]
    public async Task A_follower_whose_connection_was_killed_goes_on_without_skipping_or_repeating()
    {
        using FollowerRig rig = Open();
        for (int account = 1; account <= 5; account++)
        {
            Deposit(rig, account);
            _database.TerminateConnections("ReadModel%");
            // Whether this one meets the loss depends on when the server ends the connection.
            await Record.ExceptionAsync(rig.Follow);
            await rig.Follow();
            Deposit(rig, account + 100);
            await rig.Follow();
        }

        Assert.Equal(10, await Deposits(rig));
    }

    [PostgresFact]
    public async Task Commands_are_logged_by_the_process_that_got_them()
    {
        using FollowerRig first = Open(), second = Open();
        await first.Follow();
        second.Commands.Record(new CommandEntry(7, "place", "order", Reason.None, 1_000, 250));
        Deposit(second, account: 1);
        Task waiting = second.Follow();
        await first.Follow();
        await waiting;
        Assert.Equal([7], (await first.Commands.ListAsync(null)).Select(row => row.Command.Account));
    }

    private FollowerRig Open() => new(_database, isShared: true);

    private static void Deposit(FollowerRig rig, long account)
    {
        rig.Append(Streams.Portfolio(account), 1, new FundsDeposited("d", "USDT", account));
        rig.Flush();
    }

    private static async Task<int> Deposits(FollowerRig rig)
    {
        int count = 0;
        for (long account = 1; account <= 105; account++)
        {
            count += (await rig.Model.DepositsAsync(account, long.MaxValue, 10)).Count;
        }

        return count;
    }
}
