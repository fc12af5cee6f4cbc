namespace Exchange.Silo.Startup;

/// <summary>The host logs why it could not start, with its stack; whoever started it gets told in a sentence instead.</summary>
internal static class StartupLogging
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private static volatile bool hasStarted;

    public static bool HasStarted
    {
        set => hasStarted = value;
    }

    public static void QuietUntilStarted(this ILoggingBuilder logging) =>
        logging.AddFilter(HostCategory, level => hasStarted && level >= LogLevel.Warning);
}
