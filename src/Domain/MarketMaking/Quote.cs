using Exchange.Domain.Orders;

namespace Exchange.Domain.MarketMaking;

/// <summary>An order that a maker wants to have in the book.</summary>
public readonly record struct Quote(Side Side, long PriceTicks, long Lots);

/// <summary>One that it has, with what is left of it.</summary>
public readonly record struct OpenQuote(long OrderId, Side Side, long PriceTicks, long Lots);
