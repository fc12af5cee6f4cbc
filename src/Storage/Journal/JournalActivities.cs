using System.Diagnostics;

namespace Exchange.Storage.Journal;

/// <summary>
/// Traces of the journal: how long an append waited until it was durable, and the flush that made it so. A flush serves many
/// traces and belongs to none; it links to all of them.
/// </summary>
internal static class JournalActivities
{
    private static readonly ActivitySource Source = new("Exchange.Storage");

    public static Activity? StartAppend(string stream)
    {
        if (!Source.HasListeners() || Activity.Current is not { } outer)
            return null;
        var append = Source.StartActivity("journal.append", ActivityKind.Internal);
        append?.SetTag("exchange.stream", stream);
        Activity.Current = outer;
        return append;
    }

    public static Activity? StartFlush(List<PendingAppend> batch)
    {
        if (!Source.HasListeners())
            return null;
        var links = batch.Where(append => append.Trace is not null).Select(append => new ActivityLink(append.Trace!.Context));
        var flush = Source.StartActivity(ActivityKind.Internal, links: links, name: "journal.flush");
        flush?.SetTag("exchange.appends", batch.Count);
        return flush;
    }

    /// <summary>On the writer's thread, which is in no trace of its own.</summary>
    public static void End(Activity? flush, List<PendingAppend> batch)
    {
        if (flush is null)
            return;
        foreach (var append in batch)
        {
            if (append.Refused)
                append.Trace?.SetStatus(ActivityStatusCode.Error);
            append.Trace?.Stop();
        }

        flush.Stop();
        Activity.Current = null;
    }
}
