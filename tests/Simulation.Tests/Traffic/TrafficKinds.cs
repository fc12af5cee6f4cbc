namespace Exchange.Simulation.Tests.Traffic;

/// <summary>What there is in a simulated exchange besides users who place, cancel and start over.</summary>
[Flags]
public enum TrafficKinds
{
    None = 0,

    /// <summary>Orders that wait for their price, and pairs of them.</summary>
    Conditionals = 1,

    /// <summary>Positions with leverage.</summary>
    Positions = 2,

    /// <summary>Who stop trading, freeze accounts and adjust balances.</summary>
    Operators = 4,
}
