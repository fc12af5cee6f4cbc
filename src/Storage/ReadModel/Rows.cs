using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Storage.ReadModel;

/// <summary>Zero stands for "not given" in price, quantity, quote amount and iceberg quantity.</summary>
public sealed record OrderRow(
    long OrderId,
    long Account,
    string Symbol,
    string ClientOrderId,
    Side Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Price,
    decimal Quantity,
    decimal QuoteAmount,
    decimal IcebergQuantity,
    SelfTradePrevention SelfTrade,
    OrderStatus Status,
    Reason Reason,
    decimal FilledQuantity,
    decimal FilledQuote,
    long PlacedAtMs,
    long UpdatedAtMs,
    decimal StopPrice = 0,
    int TrailingBps = 0,
    long PairId = 0,
    string ClientListId = "",
    long TriggeredAtMs = 0)
{
    /// <summary>A pair goes by its first order's id.</summary>
    public long ListId => PairId == 0 ? 0 : Math.Min(OrderId, PairId);

    public decimal AveragePrice => FilledQuantity == 0 ? 0 : FilledQuote / FilledQuantity;
}

/// <summary>A side that met the venue has order id 0 and the market's house account. The buyer's fee is in the base asset.</summary>
public sealed record TradeRow(
    string Symbol,
    long TradeId,
    decimal Price,
    decimal Quantity,
    Side TakerSide,
    long TakerOrderId,
    long TakerAccount,
    long MakerOrderId,
    long MakerAccount,
    decimal TakerFee,
    decimal MakerFee,
    long AtMs);

/// <summary>A trade as one of its orders saw it.</summary>
public sealed record OwnTradeRow(
    string Symbol,
    long TradeId,
    long OrderId,
    Side Side,
    bool IsMaker,
    decimal Price,
    decimal Quantity,
    decimal Fee,
    string FeeAsset,
    long AtMs);

public sealed record CandleRow(
    long OpenTimeMs,
    long CloseTimeMs,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    decimal QuoteVolume,
    long Trades);

public sealed record UserRow(long Account, string Email, long OpenedAtMs);

/// <summary>The position is the deposit's place in the account's history, for paging.</summary>
public sealed record DepositRow(long Position, string DepositId, string Asset, decimal Amount, long AtMs);

/// <summary>
/// Zero stands for "not given" and "not yet" in levels and prices. Quantity, notionals and margin are those of the whole life of
/// the position; profit is before fees and funding. Level and reached price say why a price closed it.
/// </summary>
public sealed record PositionRow(
    long PositionId,
    long Account,
    string Symbol,
    string Asset,
    string ClientPositionId,
    PositionSide Side,
    int LeverageTenths,
    decimal Quantity,
    decimal EntryPrice,
    decimal Margin,
    decimal StopLoss,
    decimal TakeProfit,
    decimal LiquidationPrice,
    PositionState State,
    CloseCause Cause,
    decimal LevelPrice,
    decimal ReachedPrice,
    decimal ClosedQuantity,
    decimal ExitPrice,
    decimal Profit,
    decimal Fees,
    decimal EntryFee,
    decimal Funding,
    decimal Payout,
    long OpenedAtMs,
    long ClosedAtMs)
{
    /// <summary>What a position that is over brought its owner, or cost: never less than what was put in.</summary>
    public decimal NetProfit => Payout - Margin - EntryFee;
}
