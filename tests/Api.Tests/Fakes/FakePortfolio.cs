using System.Collections.Concurrent;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Answers as it is told to and remembers what it was asked.</summary>
public sealed partial class FakePortfolio : IPortfolioGrain
{
    public ConcurrentQueue<object> Calls { get; } = new();

    public Func<PlaceOrder, PlaceReply> OnPlace { get; set; } = order => new PlaceReply(Reason.None, Accepted(order), [], 0, 0);
    public Func<CancelOrder, CancelOrderReply> OnCancel { get; set; } = cancel => new CancelOrderReply(Reason.None, Cancelled(cancel));
    public Func<DepositFunds, DepositReply> OnDeposit { get; set; } = deposit => new DepositReply(
        Reason.None, new BalanceView(deposit.Asset, deposit.Amount, 0));
    public OrderView[] Open { get; set; } = [];
    public BalanceView[] Balances { get; set; } = [];

    public static OrderView Accepted(PlaceOrder order) => new(
        4294967297, order.ClientOrderId, order.Symbol, order.Side, order.Type, order.TimeInForce, order.Price, order.Quantity,
        order.QuoteAmount, 0, 0, OrderStatus.New, Reason.None, 1_767_225_600_000, 1_767_225_600_000);

    public Task<PlaceReply> PlaceOrder(PlaceOrder order) => Answer(order, OnPlace);

    public Task<CancelOrderReply> CancelOrder(CancelOrder cancel) => Answer(cancel, OnCancel);

    public Task<DepositReply> Deposit(DepositFunds deposit) => Answer(deposit, OnDeposit);

    public Task<BalancesView> GetBalances() => Answer("balances", _ => new BalancesView(Reason.None, Balances));

    public Task<OrdersView> GetOpenOrders(string? symbol) =>
        Answer(symbol ?? "all", _ => new OrdersView([.. Open.Where(order => symbol is null || order.Symbol == symbol)]));

    public Task<OrderView?> GetOrder(long orderId, string? clientOrderId) => Answer(
        (orderId, clientOrderId),
        _ => Open.FirstOrDefault(order => orderId != 0 ? order.OrderId == orderId : order.ClientOrderId == clientOrderId));

    Task<Reason> IPortfolioGrain.Open(string email) => throw new NotSupportedException();

    public Task<Reason> DropSettlement(SettlementBatch record) => throw new NotSupportedException();

    public Task<Reason> RetrySettlement(SettlementBatch record) => throw new NotSupportedException();

    public Task<SettleReply> Settle(SettlementBatch batch) => throw new NotSupportedException();

    public Task WakeUp() => throw new NotSupportedException();

    private static OrderView Cancelled(CancelOrder cancel) => new(
        cancel.OrderId == 0 ? 7 : cancel.OrderId, cancel.ClientOrderId, cancel.Symbol, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled,
        100, 1, 0, 0, 0, OrderStatus.Cancelled, Reason.CancelledByUser, 1, 2);

    private Task<TReply> Answer<TAsked, TReply>(TAsked asked, Func<TAsked, TReply> answer)
    {
        Calls.Enqueue(asked!);
        return Task.FromResult(answer(asked));
    }
}
