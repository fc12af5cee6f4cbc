namespace Exchange.Feeds.Replay;

/// <summary>Bound to the section Feed:Replay.</summary>
public sealed class ReplayOptions
{
    /// <summary>A recording (.jsonl.gz), a kline file (.csv, .csv.gz, .zip), or a folder with any of them.</summary>
    public string Path { get; set; } = "";

    /// <summary>How much faster than it happened; 0 for as fast as possible.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>How many markets have to be subscribed before the replay starts.</summary>
    public int StartAfter { get; set; } = 1;

    /// <summary>
    /// Whether listeners get the recorded times instead of today's. To an exchange on today's clock they are old, and nothing
    /// executes on them; so unless set, only what is driven by hand gets them.
    /// </summary>
    public bool? KeepTimes { get; set; }

    /// <summary>Whether nothing plays by itself, because the program that replays calls <see cref="ReplayFeed.PlayUntil"/>.</summary>
    public bool IsDrivenByHand { get; set; }

    public string? Problem()
    {
        if (!(Speed is >= 0 and <= 1_000_000))
            return "Speed must be between 0 and 1000000.";
        return StartAfter < 1 ? "StartAfter must be at least 1." : null;
    }
}

/// <summary>Bound to the section Feed:Recorder. Without a folder nothing is recorded.</summary>
public sealed class RecorderOptions
{
    public string Folder { get; set; } = "";
    public int QueueMax { get; set; } = 16_384;

    /// <summary>Before compression, which makes about a tenth of it.</summary>
    public long FileBytesMax { get; set; } = 256L * 1024 * 1024;
    public TimeSpan FileTimeMax { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The oldest files are deleted beyond this number.</summary>
    public int FilesMax { get; set; } = 48;

    public string? Problem() => QueueMax < 16 || FileBytesMax < 1024 || FilesMax < 1 || FileTimeMax <= TimeSpan.Zero
        ? "QueueMax, FileBytesMax, FileTimeMax and FilesMax must be larger."
        : null;
}
