using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What a user asks for. Zero, and an empty client order id, stand for "not given".</summary>
public sealed record PlaceOrder(
    string ClientOrderId,
    string Symbol,
    Side Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Price,
    decimal Quantity,
    decimal QuoteAmount = 0,
    decimal IcebergQuantity = 0,
    SelfTradePrevention SelfTrade = SelfTradePrevention.None);
