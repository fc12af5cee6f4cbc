using Microsoft.Extensions.Logging;

namespace Exchange.Feeds;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A listener to {Symbol} failed, {Failures} times so far")]
    public static partial void ListenerFailed(ILogger logger, string symbol, uint failures, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A simulated market could not go on; it starts anew with the next beat")]
    public static partial void SimulationFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Connection {Connection} to {Venue} is open")]
    public static partial void Connected(ILogger logger, string venue, int connection);

    [LoggerMessage(4, LogLevel.Warning, "Connection {Connection} to {Venue} ended: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string venue, int connection, string reason);

    [LoggerMessage(5, LogLevel.Error, "Connection {Connection} to {Venue} failed unexpectedly")]
    public static partial void ConnectionFailed(ILogger logger, string venue, int connection, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Venue} refused a request: {Text}")]
    public static partial void RequestRefused(ILogger logger, string venue, string text);

    [LoggerMessage(7, LogLevel.Warning, "No snapshot of {Symbol} from {Venue}: {Reason}")]
    public static partial void NoSnapshot(ILogger logger, string venue, string symbol, string reason);

    [LoggerMessage(8, LogLevel.Error, "Recording to {Folder} has stopped")]
    public static partial void RecordingStopped(ILogger logger, string folder, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "The replay of {Path} ended early")]
    public static partial void ReplayFailed(ILogger logger, string path, Exception exception);
}
