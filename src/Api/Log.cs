using Microsoft.Extensions.Logging;

namespace Exchange.Api;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "No answer in time to {Path} (trace {TraceId})")]
    public static partial void TimedOut(ILogger log, string path, string traceId);

    [LoggerMessage(2, LogLevel.Warning, "Storage did not accept a change on {Path} (trace {TraceId})")]
    public static partial void StorageUnavailable(ILogger log, Exception thrown, string path, string traceId);

    [LoggerMessage(3, LogLevel.Error, "Unexpected failure on {Path} (trace {TraceId})")]
    public static partial void Unexpected(ILogger log, Exception thrown, string path, string traceId);

    [LoggerMessage(4, LogLevel.Information, "Made a signing secret for tokens in {Path}")]
    public static partial void SecretCreated(ILogger log, string path);
}
