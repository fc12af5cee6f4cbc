namespace Exchange.Silo;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Asked to stop: not ready any more, and stops in {Delay}")]
    public static partial void Draining(ILogger logger, TimeSpan delay);
}
