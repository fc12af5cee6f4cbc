using Exchange.Api.Orders;

namespace Exchange.Api.History;

/// <param name="Orders">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record OrderPage(IReadOnlyList<Order> Orders, string? NextCursor);

/// <param name="Trades">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record OwnTradePage(IReadOnlyList<OwnTrade> Trades, string? NextCursor);

public sealed record OwnTrade(
    string TradeId,
    string OrderId,
    string Symbol,
    string Side,
    bool IsMaker,
    decimal Price,
    decimal Quantity,
    decimal QuoteQuantity,
    decimal Fee,
    string FeeAsset,
    long Time);

/// <param name="Deposits">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record DepositPage(IReadOnlyList<PastDeposit> Deposits, string? NextCursor);

public sealed record PastDeposit(string DepositId, string Asset, decimal Amount, long Time);
