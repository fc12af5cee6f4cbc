using Microsoft.Extensions.Logging;

namespace Exchange.Feeds;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A listener to {Symbol} failed, {Failures} times so far")]
    public static partial void ListenerFailed(ILogger logger, string symbol, uint failures, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A simulated market could not go on; it starts anew with the next beat")]
    public static partial void SimulationFailed(ILogger logger, Exception exception);
}
