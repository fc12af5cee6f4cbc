using Exchange.Storage.Audit;
using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;
using Exchange.Storage.Journal;
using Exchange.Storage.Notifications;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Snapshots;
using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Postgres;
using Exchange.Storage.Sql.Sqlite;
using Exchange.Storage.State;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage;

/// <summary>Everything that is stored, open. Disposing writes what has been accepted and lets go of the folder.</summary>
public sealed class ExchangeStorage : IDisposable
{
    private readonly DataFolder? _folder;
    private readonly ISqlDialect _dialect;
    private readonly StateSession _state;
    private readonly SqlJournal _journal;
    private readonly JournalWriter? _writer;
    private readonly JournalPump? _pump;
    private readonly ReaderPool<StatementCache> _readers;
    private readonly FollowerPump _follower;
    private bool _disposed;

    private ExchangeStorage(DataFolder? folder, ISqlDialect dialect, StorageOptions options, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        _dialect = dialect;
        var queue = new AppendQueue(options);
        _journal = new SqlJournal(queue, dialect);
        _state = new StateSession(dialect);
        Snapshots = new SnapshotStore(_state, _journal, options, logger);
        GrainState = new GrainStateStore(_state);
        DeadLetters = new DeadLetterStore(_state, options, time);
        var closures = new ClosureStore(_state, options, time);
        (Closures, ClosureRecords) = (closures, closures);
        Notifications = new NotificationStore(_state, time);
        AuditLog = new AuditLog(_state, time);
        var feed = new DurableFeed(time);
        _readers = new ReaderPool<StatementCache>(
            () => new StatementCache(dialect.OpenReader(StorePurpose.ReadModel)), dialect.Readers);
        var commands = new CommandLog(_readers, options);
        var follower = new ReadModelFollower(dialect, feed, commands, logger, mayLead: options.WritesJournal);
        if (options.WritesJournal)
        {
            _writer = new JournalWriter(dialect.OpenJournal(time), queue, feed, time, logger);
            _pump = new JournalPump(queue, _writer);
        }
        else
        {
            queue.Close();
        }

        _follower = new FollowerPump(follower, feed, options, time, logger);
        Commands = commands;
        ReadModel = new SqlReadModel(_readers, _follower);
        StorageMetrics.ObserveQueue(() => queue.Count);
        StorageMetrics.ObserveReadModelLag(() => feed.Lag.TotalMilliseconds);
    }

    /// <summary>Where everything is, for people.</summary>
    public string Place { get; private init; } = "";

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
        if (!string.IsNullOrWhiteSpace(options.Postgres))
        {
            var postgres = new PostgresDialect(options.Postgres, options.IsShared);
            return Open(null, postgres, postgres.Place, options, time, logger);
        }

        if (!options.WritesJournal)
        {
            throw new ArgumentException("Files are for the one process that writes them.", nameof(options));
        }

        DataFolder folder = DataFolder.Open(options.DataFolder);
        return Open(folder, new SqliteDialect(folder.Path), $"SQLite in {folder.Path}", options, time, logger);
    }

    private static ExchangeStorage Open(
        DataFolder? folder, ISqlDialect dialect, string place, StorageOptions options, TimeProvider time, ILogger logger)
    {
        try
        {
            if (options.WritesJournal)
            {
                Schemas.Prepare(dialect, time);
            }
            else
            {
                Schemas.RequireCurrent(dialect, time);
            }

            var storage = new ExchangeStorage(folder, dialect, options, time, logger) { Place = place };
            Log.StorageOpened(logger, place);
            return storage;
        }
        catch
        {
            dialect.Dispose();
            folder?.Dispose();
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
        _pump?.Dispose();
        _follower.Dispose();
        _readers.Dispose();
        _journal.Dispose();
        // Last of the journal's connections: only one that may write folds the log into the file when it closes.
        _writer?.Dispose();
        _state.Dispose();
        _dialect.Dispose();
        _folder?.Dispose();
    }
}
