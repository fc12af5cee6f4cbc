using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <param name="DepositId">Chosen by the client; the same id with the same body is the same deposit.</param>
[GenerateSerializer, Immutable, Alias("Exchange.DepositFunds")]
public sealed record DepositFunds(
    [property: Id(0)] string DepositId,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal Amount);

[GenerateSerializer, Immutable, Alias("Exchange.DepositReply")]
public sealed record DepositReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] BalanceView Balance);

[GenerateSerializer, Immutable, Alias("Exchange.BalanceView")]
public readonly record struct BalanceView(
    [property: Id(0)] string Asset,
    [property: Id(1)] decimal Available,
    [property: Id(2)] decimal Locked);

[GenerateSerializer, Immutable, Alias("Exchange.BalancesView")]
public sealed record BalancesView(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] BalanceView[] Balances);

/// <summary>
/// Zero stands for "not given" in prices, quantities, quote amount and trailing basis points; an empty client id asks for one.
/// </summary>
[GenerateSerializer, Immutable, Alias("Exchange.PlaceOrder")]
public sealed record PlaceOrder(
    [property: Id(0)] string ClientOrderId,
    [property: Id(1)] string Symbol,
    [property: Id(2)] Side Side,
    [property: Id(3)] OrderType Type,
    [property: Id(4)] TimeInForce TimeInForce,
    [property: Id(5)] decimal Price,
    [property: Id(6)] decimal Quantity,
    [property: Id(7)] decimal QuoteAmount,
    [property: Id(8)] decimal IcebergQuantity,
    [property: Id(9)] SelfTradePrevention SelfTrade,
    [property: Id(10)] decimal StopPrice = 0,
    [property: Id(11)] int TrailingBps = 0);

/// <param name="ListId">Of the pair that the order belongs to; zero where it stands alone.</param>
/// <param name="TriggeredAtMs">When a conditional order's price was reached; zero while it waits.</param>
[GenerateSerializer, Immutable, Alias("Exchange.OrderView")]
public sealed record OrderView(
    [property: Id(0)] long OrderId,
    [property: Id(1)] string ClientOrderId,
    [property: Id(2)] string Symbol,
    [property: Id(3)] Side Side,
    [property: Id(4)] OrderType Type,
    [property: Id(5)] TimeInForce TimeInForce,
    [property: Id(6)] decimal Price,
    [property: Id(7)] decimal Quantity,
    [property: Id(8)] decimal QuoteAmount,
    [property: Id(9)] decimal FilledQuantity,
    [property: Id(10)] decimal FilledQuote,
    [property: Id(11)] OrderStatus Status,
    [property: Id(12)] Reason Reason,
    [property: Id(13)] long PlacedAtMs,
    [property: Id(14)] long UpdatedAtMs,
    [property: Id(15)] decimal StopPrice = 0,
    [property: Id(16)] int TrailingBps = 0,
    [property: Id(17)] long ListId = 0,
    [property: Id(18)] long TriggeredAtMs = 0);

[GenerateSerializer, Immutable, Alias("Exchange.OrdersView")]
public sealed record OrdersView([property: Id(0)] OrderView[] Orders);

/// <summary>A refused order has a reason and no order, or an order whose status tells that the symbol refused it.</summary>
/// <param name="Required">With InsufficientBalance: what the order would have needed.</param>
/// <param name="Available">With InsufficientBalance: what there was.</param>
[GenerateSerializer, Immutable, Alias("Exchange.PlaceReply")]
public sealed record PlaceReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] OrderView? Order,
    [property: Id(2)] Symbols.FillView[] Fills,
    [property: Id(3)] decimal Required,
    [property: Id(4)] decimal Available);

/// <summary>By order id, or by client order id where the id is zero.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.CancelOrder")]
public sealed record CancelOrder(
    [property: Id(0)] long OrderId,
    [property: Id(1)] string ClientOrderId,
    [property: Id(2)] string Symbol);

[GenerateSerializer, Immutable, Alias("Exchange.CancelOrderReply")]
public sealed record CancelOrderReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] OrderView? Order);
