using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Portfolios;

/// <summary>A portfolio with its journal: every decision that is not refused is journaled and applied, at a time of its own.</summary>
internal sealed class Owner
{
    public Owner(long account = 1, params (Asset Asset, decimal Amount)[] deposits)
    {
        Portfolio = new Portfolio(account);
        if (account > 0)
            Journal(Portfolio.Open($"user{account}@example.org"));
        foreach (var (asset, amount) in deposits)
            Journal(Portfolio.DepositFunds($"start-{asset.Code}", asset, amount));
    }

    public Portfolio Portfolio { get; set; }
    public List<DomainEvent> Journaled { get; } = [];

    public static Owner WithUsdt(decimal amount) => new(1, (Samples.Usdt, amount));

    public static Owner WithBtc(decimal amount) => new(1, (Samples.Btc, amount));

    public Balance this[string asset] => Portfolio.BalanceOf(asset);

    public OrderPlaced Place(OrderTerms order, MarketReference reference = default, Market? market = null)
    {
        var decision = Portfolio.Place(order, market ?? Samples.BtcUsdt, reference);
        Assert.Equal(Reason.None, decision.Reason);
        Journal(decision.Placed!);
        return decision.Placed!;
    }

    public Reason Refusal(OrderTerms order, MarketReference reference = default, Market? market = null)
    {
        var before = PortfolioSnapshot.Write(Portfolio);
        var decision = Portfolio.Place(order, market ?? Samples.BtcUsdt, reference);
        Assert.Null(decision.Placed);
        Assert.Equal(before, PortfolioSnapshot.Write(Portfolio));
        return decision.Reason;
    }

    public IReadOnlyList<DomainEvent> Settle(long upTo, params SettlementItem[] items)
    {
        var decision = Portfolio.Settle(Samples.BtcUsdt, upTo, items);
        Assert.Equal(Reason.None, decision.Reason);
        foreach (var domainEvent in decision.Events)
            Journal(domainEvent);
        return decision.Events;
    }

    public (Reason Reason, int Item) SettleRefusal(long upTo, params SettlementItem[] items)
    {
        var before = PortfolioSnapshot.Write(Portfolio);
        var decision = Portfolio.Settle(Samples.BtcUsdt, upTo, items);
        Assert.Empty(decision.Events);
        Assert.Equal(before, PortfolioSnapshot.Write(Portfolio));
        return (decision.Reason, decision.RefusedItem);
    }

    public void Journal(Decision decision)
    {
        Assert.Equal(Reason.None, decision.Reason);
        Journal(decision.Event!);
    }

    public void Journal(DomainEvent domainEvent)
    {
        Journaled.Add(domainEvent);
        Portfolio.Apply(domainEvent, Journaled.Count);
    }

    public Portfolio Replayed()
    {
        var replayed = new Portfolio(Portfolio.Account);
        for (var i = 0; i < Journaled.Count; i++)
            replayed.Apply(Journaled[i], i + 1);
        return replayed;
    }

    public static OrderTerms LimitBuy(decimal price, decimal quantity, string id = "") =>
        new(id, "BTC_USDT", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, price, quantity);

    public static OrderTerms LimitSell(decimal price, decimal quantity, string id = "") =>
        new(id, "BTC_USDT", Side.Sell, OrderType.Limit, TimeInForce.GoodTillCancelled, price, quantity);

    public static OrderTerms MarketOrder(Side side, decimal quantity = 0, decimal quoteAmount = 0) =>
        new("", "BTC_USDT", side, OrderType.Market, TimeInForce.GoodTillCancelled, 0, quantity, quoteAmount);

    public static SettlementItem Bought(
        OrderPlaced order, long sequence, decimal quantity, decimal price, decimal fee = 0, int index = 0, long tradeId = 1) => new(
        SettlementKind.Fill, sequence, index, order.OrderId, tradeId, Side.Buy, quantity, quantity * price, fee, default, default);

    public static SettlementItem Sold(
        OrderPlaced order, long sequence, decimal quantity, decimal price, decimal fee = 0, int index = 0, long tradeId = 1) => new(
        SettlementKind.Fill, sequence, index, order.OrderId, tradeId, Side.Sell, quantity, quantity * price, fee, default, default);

    public static SettlementItem Done(OrderPlaced order, long sequence, OrderStatus status, Reason reason = Reason.None, int index = 1) =>
        SettlementItem.Done(sequence, index, order.OrderId, status, reason);
}
