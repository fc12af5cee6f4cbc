namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>What every account is held to, as the front door tells it.</summary>
/// <param name="ArmedOrdersMax">How many orders and positions may wait for their price in one market.</param>
public sealed record AccountLimits(int ArmedOrdersMax);
