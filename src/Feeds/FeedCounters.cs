using System.Diagnostics.Metrics;

namespace Exchange.Feeds;

/// <summary>What can happen to a feed; each is a counter of the meter Exchange.Feeds, tagged with the venue.</summary>
public enum FeedEvent
{
    Connected,
    ConnectFailed,
    ConnectionLost,
    ConnectionSilent,
    ConnectionReplaced,
    TokenFetched,
    TokenExpired,
    RequestSent,
    RequestRefused,
    ProbeSent,
    MessageReceived,
    MessageMalformed,
    SnapshotApplied,
    SnapshotFailed,
    SnapshotTooOld,
    Gap,
    Duplicate,
    AbsurdValue,
    CrossedBook,
    BufferOverflow,
    RecordLost,
}

/// <summary>One venue's counts, to be read here and by whoever listens to the meter.</summary>
public sealed class FeedCounters(string venue)
{
    public const string MeterName = "Exchange.Feeds";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long>[] Counters =
        Array.ConvertAll(Enum.GetValues<FeedEvent>(), what => Meter.CreateCounter<long>("feed_" + SnakeCase(what.ToString())));

    private readonly long[] _totals = new long[Counters.Length];
    private readonly KeyValuePair<string, object?> _tag = new("venue", venue);

    public long Of(FeedEvent what) => Interlocked.Read(ref _totals[(int)what]);

    internal void Add(FeedEvent what, int count = 1)
    {
        if (count == 0)
            return;
        Interlocked.Add(ref _totals[(int)what], count);
        Counters[(int)what].Add(count, _tag);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{letter}" : $"{letter}")).ToLowerInvariant();
}
