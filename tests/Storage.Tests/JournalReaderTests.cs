using System.Text;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Tests;

public sealed class JournalReaderTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;

    public JournalReaderTests() => _rig = new JournalRig(_database);

    public void Dispose()
    {
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Every_record_of_a_long_stream_comes_back_in_order_from_any_place()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var expected = new List<string>();
        while (expected.Count < 3_000)
        {
            for (int records = random.Next(1, 4); records > 0; records--)
            {
                string record = new('x', random.Next(0, 3_000));
                _ = _rig.Append("long", expected.Count, record);
                expected.Add($"{expected.Count + 1}:{record}");
            }

            _ = _rig.Append("noise", expected.Count, "refused");
            _rig.Flush();
        }

        Assert.Equal(expected, await _rig.Read("long"));
        foreach (long after in new[] { 1, 255, 256, 1_000, expected.Count - 1, expected.Count, expected.Count + 5 })
        {
            Assert.True(expected.Skip((int)after).SequenceEqual(await _rig.Read("long", after)), $"seed {Seed}, after {after}");
        }
    }

    [Fact]
    public async Task Heads_are_listed_by_prefix_in_order_of_name()
    {
        string[] streams = ["markets", "portfolio/2", "portfolio/10", "symbol/BTC_USDT", "symbolic"];
        foreach (string stream in streams)
        {
            _ = _rig.Append(stream, 0, "1");
        }

        _ = _rig.Append("portfolio/10", 1, "2");
        _rig.Flush();

        Assert.Equal([new("portfolio/10", 2), new("portfolio/2", 1)], await Heads("portfolio/"));
        Assert.Equal([new("symbol/BTC_USDT", 1)], await Heads("symbol/"));
        Assert.Equal([new("markets", 1)], await Heads("markets"));
        Assert.Equal(5, (await Heads("")).Count);
        Assert.Empty(await Heads("user/"));
    }

    [Fact]
    public async Task More_heads_than_fit_a_page_are_all_listed()
    {
        for (int stream = 0; stream < 2_500; stream++)
        {
            _ = _rig.Append($"portfolio/{stream}", 0, "1");
        }

        _rig.Flush();
        Assert.Equal(2_500, (await Heads("portfolio/")).Distinct().Count());
    }

    [Fact]
    public async Task All_records_are_read_in_the_order_of_flushes()
    {
        _ = _rig.Append("b", 0, "b1");
        _rig.Flush();
        _ = _rig.Append("a", 0, "a1");
        _ = _rig.Append("a", 1, "a2");
        _rig.Flush();
        _ = _rig.Append("b", 1, "b2");
        _rig.Flush();

        var all = new List<string>();
        await foreach (StreamRecord record in _rig.Reader.ReadAllAsync())
        {
            all.Add($"{record.Stream}@{record.Sequence}:{Encoding.UTF8.GetString(record.Payload.Span)}");
        }

        Assert.Equal(["b@1:b1", "a@1:a1", "a@2:a2", "b@2:b2"], all);
    }

    [Fact]
    public async Task A_record_that_was_changed_on_the_disk_is_never_handed_out()
    {
        _ = _rig.Append("a", 0, "honest");
        _rig.Flush();
        using (ISqlSession session = _rig.Dialect.OpenWriter(StorePurpose.Journal))
        {
            session.Execute($"UPDATE entries SET payload = {TestDatabase.Bytes("0666616c736521")}");
        }

        var failure = await Assert.ThrowsAsync<StorageException>(() => _rig.Read("a"));
        Assert.Equal(StorageFailure.Damaged, failure.Failure);
    }

    private async Task<List<StreamHead>> Heads(string prefix)
    {
        var heads = new List<StreamHead>();
        await foreach (StreamHead head in _rig.Reader.ReadHeadsAsync(prefix))
        {
            heads.Add(head);
        }

        return heads;
    }
}
