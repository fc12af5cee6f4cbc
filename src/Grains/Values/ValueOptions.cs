namespace Exchange.Grains.Values;

/// <summary>The section Values of the configuration.</summary>
public sealed class ValueOptions
{
    /// <summary>What histories are kept in. Who changes it begins new ones.</summary>
    public string Asset { get; set; } = "USDT";

    /// <summary>How long after a change an account's value is taken; zero takes no samples but those that are asked for.</summary>
    public TimeSpan SampleDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether accounts that do not change get a sample each day too.</summary>
    public bool Daily { get; set; } = true;
}
