using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What a user asks for. Zero, and an empty client order id, stand for "not given".</summary>
public sealed record OrderTerms(
    string ClientOrderId,
    string Symbol,
    Side Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Price,
    decimal Quantity,
    decimal QuoteAmount = 0,
    decimal IcebergQuantity = 0,
    SelfTradePrevention SelfTrade = SelfTradePrevention.None,
    decimal StopPrice = 0,
    int TrailingBps = 0);

/// <summary>
/// Two orders of which one cancels the other, of one market, side and quantity: one that takes a profit, waiting for its price or
/// resting as a LIMIT_MAKER, and one that stops a loss.
/// </summary>
public sealed record PairTerms(string ClientListId, OrderTerms Profit, OrderTerms Stop);
