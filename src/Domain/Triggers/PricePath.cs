namespace Exchange.Domain.Triggers;

/// <summary>
/// How a price went since it was last looked at: where it was then, how low and high it has been since, where it is now.
/// </summary>
public readonly record struct PricePath(long From, long Low, long High, long Last)
{
    /// <summary>
    /// Which extreme came first is not known any more. The shortest way that touches both and ends where the price is now
    /// is taken to be the way it went: one that rose on the whole was low first, one that fell was high first. This favours
    /// neither buyers nor sellers, and it is the way that invents the least movement. One that came back was low first.
    /// </summary>
    public bool IsLowFirst => Last >= From;

    public static PricePath At(long price) => new(price, price, price, price);

    public PricePath To(long price) => new(Last, price, price, price);

    internal void ThrowIfInvalid()
    {
        if (Low < 1 || Low > Last || Last > High || High > Trigger.LevelMax)
            throw new ArgumentOutOfRangeException(nameof(Last), $"{Low} <= {Last} <= {High} is not how a price can have gone.");
    }
}
