using Microsoft.Extensions.Logging;

namespace Exchange.Api;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Code} on {Path} (trace {TraceId})")]
    public static partial void NotNow(ILogger log, Exception thrown, string code, string path, string traceId);

    [LoggerMessage(2, LogLevel.Error, "Unexpected failure on {Path} (trace {TraceId})")]
    public static partial void Unexpected(ILogger log, Exception thrown, string path, string traceId);

    [LoggerMessage(3, LogLevel.Information, "Made a secret key in {Path}")]
    public static partial void SecretCreated(ILogger log, string path);

    [LoggerMessage(4, LogLevel.Information, "Sign-in link for {Email}: {Link}")]
    public static partial void SignInLink(ILogger log, string email, string link);

    [LoggerMessage(5, LogLevel.Warning, "A sign-in link could not be sent")]
    public static partial void MailNotSent(ILogger log, Exception thrown);

    [LoggerMessage(20, LogLevel.Warning, "A stream is interrupted; it is taken up again at the next renewal")]
    public static partial void StreamInterrupted(ILogger log, Exception thrown);

    [LoggerMessage(21, LogLevel.Error, "A stream connection failed")]
    public static partial void StreamConnectionFailed(ILogger log, Exception thrown);

    [LoggerMessage(60, LogLevel.Warning, "The monitor could not look at the exchange and tries again")]
    public static partial void MonitorFailed(ILogger log, Exception thrown);
}
