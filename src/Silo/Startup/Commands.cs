namespace Exchange.Silo.Startup;

/// <summary>The first word of the command line; without one the exchange opens.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> Known = new(StringComparer.Ordinal)
    {
        ["run"] = OpenExchange.RunAsync,
        ["audit"] = AuditCommand.RunAsync,
        ["admin"] = AdminCommand.RunAsync,
    };

    public static Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-'))
            return OpenExchange.RunAsync(args);
        if (Known.TryGetValue(args[0], out var command))
            return command(args[1..]);
        Console.Error.WriteLine($"Unknown command '{args[0]}'. Known: {string.Join(", ", Known.Keys)}.");
        return Task.FromResult(ExitCodes.Usage);
    }
}
