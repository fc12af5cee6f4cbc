namespace Exchange.Silo.Startup;

/// <summary>The section Shutdown of the configuration.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    private static readonly TimeSpan ClusterDrain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(10);

    /// <summary>How long a process that was asked to stop goes on answering while it says that it is not ready.</summary>
    public TimeSpan DrainDelay { get; set; }

    /// <summary>How long requests under way, activations and the journal have to come to an end after that.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <param name="isBalanced">Somebody sends requests elsewhere when this process is not ready.</param>
    /// <exception cref="InvalidConfigurationException">A value is none of its kind.</exception>
    public static ShutdownOptions Read(IConfiguration configuration, bool isBalanced)
    {
        var options = new ShutdownOptions { DrainDelay = isBalanced ? ClusterDrain : TimeSpan.Zero };
        try
        {
            configuration.GetSection(Section).Bind(options);
        }
        catch (InvalidOperationException malformed)
        {
            throw new InvalidConfigurationException($"{Section} is not valid: {malformed.Message}");
        }

        if (options.DrainDelay < TimeSpan.Zero || options.DrainDelay > LongestDrain)
            throw new InvalidConfigurationException($"{Section}:DrainDelay is not a time from 0 to {LongestDrain}.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestDrain)
            throw new InvalidConfigurationException($"{Section}:Timeout is not a time up to {LongestDrain}.");
        return options;
    }
}
