namespace Exchange.Storage;

public sealed class StorageOptions
{
    public string DataFolder { get; set; } = "data";

    /// <summary>Appends that may wait for the writer. Beyond it an append is refused at once instead of queueing without end.</summary>
    public int QueueMaxAppends { get; set; } = 65_536;

    public long QueueMaxBytes { get; set; } = 64L << 20;

    public int FlushMaxAppends { get; set; } = 4_096;

    public long FlushMaxBytes { get; set; } = 4L << 20;

    public int SnapshotsKept { get; set; } = 10;

    /// <summary>How often the read model takes in what is new.</summary>
    public TimeSpan ReadModelInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    public int CommandsKept { get; set; } = 100_000;
}
