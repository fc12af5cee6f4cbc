using Microsoft.Extensions.Logging;

namespace Exchange.Storage;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Refused {Count} appends because their streams have moved on: {Streams}")]
    public static partial void AppendsRefused(ILogger logger, int count, string streams);

    [LoggerMessage(2, LogLevel.Error, "A flush of the journal failed; {Count} appends are told to start over")]
    public static partial void FlushFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The snapshot of {Stream} at {Sequence} is damaged; going on with the one before")]
    public static partial void SnapshotDamaged(ILogger logger, string stream, long sequence, Exception? exception);

    [LoggerMessage(5, LogLevel.Error, "The read model cannot go on and will try again")]
    public static partial void ReadModelFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The read model belongs to another journal, or to a later state of this one; it is built anew")]
    public static partial void ReadModelOfAnotherJournal(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "Storage is open: {Place}")]
    public static partial void StorageOpened(ILogger logger, string place);
}
