using Exchange.Domain;
using Orleans.Concurrency;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>One account: the only authority on its money. The key is the account number; negative ones are the house's, one per market.</summary>
[Alias("Exchange.IPortfolioGrain")]
public interface IPortfolioGrain : IGrainWithIntegerKey
{
    [Alias("Open")]
    Task<Reason> Open(string email);

    [Alias("Deposit")]
    Task<DepositReply> Deposit(DepositFunds deposit);

    /// <summary>Idempotent by client order id.</summary>
    [Alias("PlaceOrder")]
    Task<PlaceReply> PlaceOrder(PlaceOrder order);

    [Alias("CancelOrder")]
    Task<CancelOrderReply> CancelOrder(CancelOrder cancel);

    [Alias("GetBalances")]
    Task<BalancesView> GetBalances();

    /// <summary>All symbols' open orders where <paramref name="symbol"/> is null.</summary>
    [Alias("GetOpenOrders")]
    Task<OrdersView> GetOpenOrders(string? symbol);

    /// <summary>An open or just finished order by id, or by client id where the id is zero; null once it is only history.</summary>
    [Alias("GetOrder")]
    Task<OrderView?> GetOrder(long orderId, string? clientOrderId);

    /// <summary>Delivery from a symbol's outbox: at least once, in order, applied exactly once. Answers when it is durable.</summary>
    [AlwaysInterleave]
    [Alias("Settle")]
    Task<SettleReply> Settle(SettlementBatch batch);

    /// <summary>Tries one record again that was set aside; it is applied once, however often this is asked.</summary>
    [AlwaysInterleave]
    [Alias("RetrySettlement")]
    Task<Reason> RetrySettlement(SettlementBatch record);

    /// <summary>Gives one record up that was set aside; it is never applied afterwards.</summary>
    [AlwaysInterleave]
    [Alias("DropSettlement")]
    Task<Reason> DropSettlement(SettlementBatch record);

    /// <summary>Comes alive and takes up its pending work. Idempotent.</summary>
    [Alias("WakeUp")]
    Task WakeUp();
}
