using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>What someone asks for who opens a position. The id is that of the order that opens it.</summary>
/// <param name="FeeMax">The most that was put aside for the entry's fee.</param>
public sealed record OpenPosition(
    long PositionId,
    long Account,
    string ClientPositionId,
    PositionSide Side,
    decimal Margin,
    Leverage Leverage,
    PositionLevels Levels,
    decimal FeeMax = decimal.MaxValue);

/// <summary>The price at which a position is to be opened, and the way it has to go there; null is whichever it is.</summary>
public readonly record struct EntryTrigger(long Ticks, TriggerDirection? Direction);

/// <summary>
/// The order that a position sends to the market: immediate, at no worse price than the protection (zero is any), and by
/// quote amount on the way in, by lots on the way out.
/// </summary>
public readonly record struct MarketOrder(Side Side, long Lots, decimal QuoteAmount, long ProtectionTicks);

/// <summary>What came of it.</summary>
public readonly record struct MarketFill(long Lots, decimal Notional);
