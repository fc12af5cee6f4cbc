using Exchange.Domain.Events;
using Exchange.Storage.Journal;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests.ReadModel;

/// <summary>A journal that takes events, and a read model that follows it when told to.</summary>
internal sealed class FollowerRig : IDisposable
{
    private readonly Dictionary<string, long> _heads = [];
    private readonly ReaderPool<StatementCache> _readers;
    private readonly FollowerPump _pump;

    public FollowerRig(TestDatabase database, StorageOptions? options = null, bool isShared = false)
    {
        options ??= new StorageOptions();
        Journal = new JournalRig(database, options, isShared);
        _readers = new ReaderPool<StatementCache>(
            () => new StatementCache(Journal.Dialect.OpenReader(StorePurpose.ReadModel)), Journal.Dialect.Readers);
        var commands = new CommandLog(_readers, options);
        Commands = commands;
        var follower = new ReadModelFollower(Journal.Dialect, Journal.Feed, commands, NullLogger.Instance);
        _pump = new FollowerPump(
            follower, Journal.Feed, new StorageOptions { ReadModelInterval = isShared ? TimeSpan.FromMilliseconds(10) : TimeSpan.FromHours(1) },
            TimeProvider.System, NullLogger.Instance);
        Model = new SqlReadModel(_readers, _pump);
    }

    public JournalRig Journal { get; }

    public IReadModel Model { get; }

    public ICommandLog Commands { get; }

    public void Append(string stream, long atMs, params DomainEvent[] events)
    {
        long head = _heads.GetValueOrDefault(stream);
        _ = Journal.Journal.AppendAsync(stream, head, EventCodec.Encode(new EventBatch(atMs, events)));
        _heads[stream] = head + 1;
    }

    /// <summary>Goes on appending to a journal that was there before.</summary>
    public async Task TakeHeads()
    {
        await foreach (StreamHead head in Journal.Reader.ReadHeadsAsync(""))
        {
            _heads[head.Stream] = head.Sequence;
        }
    }

    public void Flush()
    {
        while (Journal.Flush())
        {
        }
    }

    public Task Follow() => Model.CatchUpAsync();

    public async Task FlushAndFollow()
    {
        Flush();
        await Follow();
    }

    public void Dispose()
    {
        _pump.Dispose();
        _readers.Dispose();
        Journal.Dispose();
    }
}
