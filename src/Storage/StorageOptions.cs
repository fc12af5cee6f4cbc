namespace Exchange.Storage;

public sealed class StorageOptions
{
    public string DataFolder { get; set; } = "data";

    /// <summary>A connection string of Npgsql. Without one everything is in SQLite files in the data folder.</summary>
    public string? Postgres { get; set; }

    /// <summary>Several processes work on one PostgreSQL database. Otherwise the first keeps the others out.</summary>
    public bool IsShared { get; set; }

    /// <summary>
    /// False for a process that decides nothing: it neither writes the journal nor follows it, and leaves schemas to those who do.
    /// It needs PostgreSQL, shared.
    /// </summary>
    public bool WritesJournal { get; set; } = true;

    /// <summary>Appends that may wait for the writer. Beyond it an append is refused at once instead of queueing without end.</summary>
    public int QueueMaxAppends { get; set; } = 65_536;

    public long QueueMaxBytes { get; set; } = 64L << 20;

    public int FlushMaxAppends { get; set; } = 4_096;

    public long FlushMaxBytes { get; set; } = 4L << 20;

    public int SnapshotsKept { get; set; } = 10;

    /// <summary>How often the read model takes in what is new.</summary>
    public TimeSpan ReadModelInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Closures that were told, and those that an operator gave up, to look at. Those that wait are always kept.</summary>
    public int ClosuresCompletedKept { get; set; } = 100;

    public int ClosuresFailedKept { get; set; } = 50;

    /// <summary>Dead letters that were delivered after all, and those given up. Those that wait are always kept.</summary>
    public int DeadLettersCompletedKept { get; set; } = 500;

    public int DeadLettersFailedKept { get; set; } = 200;

    /// <summary>Of each account.</summary>
    public int NotificationsKept { get; set; } = 1_000;

    public int CommandsKept { get; set; } = 100_000;
}
