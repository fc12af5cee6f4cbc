using Exchange.Storage.Audit;
using Exchange.Storage.State;

namespace Exchange.Storage.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;

    public AuditLogTests() => _rig = new JournalRig(_database);

    public void Dispose()
    {
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Entries_outlive_the_process_and_are_listed_newest_first()
    {
        using (var session = new StateSession(_rig.Dialect))
        {
            var log = new AuditLog(session, TimeProvider.System);
            for (var i = 1; i <= 3; i++)
                await log.AddAsync("somebody", $"action {i}", "detail", "127.0.0.1");
        }

        using var again = new StateSession(_rig.Dialect);
        var entries = await new AuditLog(again, TimeProvider.System).ListAsync(long.MaxValue, 2, CancellationToken.None);

        Assert.Equal(["action 3", "action 2"], entries.Select(entry => entry.Action));
        var older = await new AuditLog(again, TimeProvider.System).ListAsync(entries[^1].Id, 10, CancellationToken.None);
        Assert.Equal(("somebody", "action 1", "detail", "127.0.0.1"), (older[0].Actor, older[0].Action, older[0].Detail, older[0].Address));
    }

    [Theory]
    [InlineData("a zero \0 within")]
    [InlineData("half a character \ud83d and no more")]
    [InlineData("a whole one \ud83d\ude00 and 'quotes'")]
    public async Task Whatever_a_text_holds_it_can_be_stored(string detail)
    {
        using var session = new StateSession(_rig.Dialect);
        var log = new AuditLog(session, TimeProvider.System);
        await log.AddAsync("somebody", "action", detail, "127.0.0.1");

        var entry = Assert.Single(await log.ListAsync(long.MaxValue, 2, CancellationToken.None));
        Assert.StartsWith(detail[..6], entry.Detail, StringComparison.Ordinal);
    }
}
