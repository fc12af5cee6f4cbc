namespace Exchange.Grains.Closures;

/// <summary>How hard an account tries to tell its owner that a position closed, before an operator has to look.</summary>
public sealed class ClosureOptions
{
    /// <summary>After so many failures in a row what could not be told goes to the dead letters.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>The wait after the first failure; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(1);

    public int ClosuresPerBatch { get; set; } = 100;
}
