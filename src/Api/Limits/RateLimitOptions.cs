namespace Exchange.Api.Limits;

/// <summary>The section RateLimits of the configuration. All rates are multiplied by <see cref="Scale"/>; 0 turns limits off.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public double Scale { get; set; } = 1;

    /// <summary>Placing and cancelling, per account.</summary>
    public double OrdersPerSecond { get; set; } = 10;

    /// <summary>Market data, per address.</summary>
    public double MarketDataPerSecond { get; set; } = 100;

    /// <summary>All requests by their weight, per address, per account and per API key.</summary>
    public double WeightPerMinute { get; set; } = 6000;

    /// <summary>Sign-in links and passwords, per address and per e-mail address.</summary>
    public double SignInsPerMinute { get; set; } = 10;
}
