namespace Exchange.Domain.Markets;

public enum StopKind : byte
{
    None = 0,

    /// <summary>In good order, to be taken back by a restart.</summary>
    Shutdown = 1,

    /// <summary>To be taken back by name only.</summary>
    Emergency = 2,
}

/// <summary>Whether trading is stopped everywhere, by whom and why.</summary>
public sealed record TradingStop(StopKind Kind, string By, string Why, long AtMs)
{
    public static TradingStop None { get; } = new(StopKind.None, "", "", 0);

    public bool IsStopped => Kind != StopKind.None;
}
