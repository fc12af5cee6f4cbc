namespace Exchange.Api.Streams;

/// <summary>The section Streams of the configuration. Zero turns a limit off.</summary>
public sealed class StreamOptions
{
    public const string Section = "Streams";

    public int MaxConnectionsPerUser { get; set; } = 5;
    public int MaxConnectionsPerAddress { get; set; } = 50;
    public int MaxSubscriptions { get; set; } = 200;

    public int MaxMessageBytes { get; set; } = 16 * 1024;
    public int MaxMessagesPerSecond { get; set; } = 100;

    /// <summary>Orders and cancels of one connection that may be under way at once.</summary>
    public int MaxOrdersInFlight { get; set; } = 64;

    /// <summary>What may wait for one slow reader.</summary>
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMinutes(1);
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection without any subscription may be silent for this long.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a connection that is to end may take to read its last message.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a connection is asked whether its session or key is still good.</summary>
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan RenewPeriod { get; set; } = TimeSpan.FromSeconds(10);
    public TimeSpan TickerPeriod { get; set; } = TimeSpan.FromSeconds(1);
    public TimeSpan KlinePeriod { get; set; } = TimeSpan.FromMilliseconds(500);
}
