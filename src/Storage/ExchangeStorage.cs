using Exchange.Storage.Audit;
using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;
using Exchange.Storage.Journal;
using Exchange.Storage.Notifications;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Snapshots;
using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Sqlite;
using Exchange.Storage.State;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage;

/// <summary>Everything that is stored, open. Disposing writes what has been accepted and lets go of the folder.</summary>
public sealed class ExchangeStorage : IDisposable
{
    private readonly DataFolder _folder;
    private readonly StateSession _state;
    private readonly SqlJournal _journal;
    private readonly JournalWriter _writer;
    private readonly JournalPump _pump;
    private readonly ReaderPool<StatementCache> _readers;
    private readonly FollowerPump _follower;
    private bool _disposed;

    private ExchangeStorage(DataFolder folder, ISqlDialect dialect, StorageOptions options, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        var queue = new AppendQueue(options);
        _journal = new SqlJournal(queue, () => dialect.OpenReader(StorePurpose.Journal));
        _state = new StateSession(dialect);
        Snapshots = new SnapshotStore(_state, _journal, options, logger);
        GrainState = new GrainStateStore(_state);
        DeadLetters = new DeadLetterStore(_state, options, time);
        var closures = new ClosureStore(_state, options, time);
        (Closures, ClosureRecords) = (closures, closures);
        Notifications = new NotificationStore(_state, time);
        AuditLog = new AuditLog(_state, time);
        var feed = new DurableFeed(time);
        _writer = new JournalWriter(
            new SqlJournalStore(() => dialect.OpenWriter(StorePurpose.Journal)), queue, feed, time, logger);
        _readers = new ReaderPool<StatementCache>(() => new StatementCache(dialect.OpenReader(StorePurpose.ReadModel)));
        var commands = new CommandLog(_readers, options);
        var follower = new ReadModelFollower(
            () => dialect.OpenWriter(StorePurpose.ReadModel), () => dialect.OpenReader(StorePurpose.Journal), feed, commands, logger);
        _pump = new JournalPump(queue, _writer);
        _follower = new FollowerPump(follower, feed, options, time, logger);
        Commands = commands;
        ReadModel = new SqlReadModel(_readers, _follower);
        StorageMetrics.ObserveQueue(() => queue.Count);
        StorageMetrics.ObserveReadModelLag(() => feed.Lag.TotalMilliseconds);
    }

    public IJournal Journal => _journal;

    public IJournalReader JournalReader => _journal;

    public ISnapshotStore Snapshots { get; }

    public IGrainStateStore GrainState { get; }

    public IDeadLetters DeadLetters { get; }

    public INotifications Notifications { get; }

    public IClosures Closures { get; }

    public IClosureRecords ClosureRecords { get; }

    public IAuditLog AuditLog { get; }

    public IReadModel ReadModel { get; }

    public ICommandLog Commands { get; }

    /// <exception cref="StorageException">The data is in use, foreign, damaged, or written by a later version. Nothing has been changed.</exception>
    public static ExchangeStorage Open(StorageOptions options, TimeProvider time, ILogger logger)
    {
        DataFolder folder = DataFolder.Open(options.DataFolder);
        try
        {
            var dialect = new SqliteDialect(folder.Path);
            Schemas.Prepare(dialect, time);
            var storage = new ExchangeStorage(folder, dialect, options, time, logger);
            Log.StorageOpened(logger, folder.Path);
            return storage;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _pump.Dispose();
        _follower.Dispose();
        _readers.Dispose();
        _journal.Dispose();
        // Last of the journal's connections: only one that may write folds the log into the file when it closes.
        _writer.Dispose();
        _state.Dispose();
        _folder.Dispose();
    }
}
