using Exchange.Domain.Orders;

namespace Exchange.Domain.Positions;

/// <summary>What someone asks for who opens a position. The id is that of the order that opens it.</summary>
public sealed record OpenPosition(
    long PositionId,
    long Account,
    string ClientPositionId,
    PositionSide Side,
    decimal Margin,
    Leverage Leverage,
    PositionLevels Levels);

/// <summary>
/// The order that a position sends to the market: immediate, at no worse price than the protection (zero is any), and by
/// quote amount on the way in, by lots on the way out.
/// </summary>
public readonly record struct MarketOrder(Side Side, long Lots, decimal QuoteAmount, long ProtectionTicks);

/// <summary>What came of it.</summary>
public readonly record struct MarketFill(long Lots, decimal Notional);
