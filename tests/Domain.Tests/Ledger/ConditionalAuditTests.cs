using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>A pair that sells 0.01 BTC, of which the stop fires and sells to the venue at 50,000; then one thing is made wrong at a time.</summary>
public sealed class ConditionalAuditTests
{
    private const long Profit = (1L << 32) + 1;
    private const long Stop = (1L << 32) + 2;

    private static readonly ConditionalArmed Armed = new(
        Stop, 1, "c", ConditionalType.StopLoss, Side.Sell, TimeInForce.GoodTillCancelled, 5_000_000, 0, 0, 0, 1_000, 0, 0, default, Profit);

    private static readonly ConditionalFired Fired = new(Stop, 1, 5_000_000, 5_000_000, Profit);
    private static readonly Traded Sold = new(9, Side.Sell, Stop, 1, 0, -1, 5_000_000, 1_000, 0.5m, 0);

    private readonly List<DomainEvent> _placing = [Accepted(Profit), new OrderRested(Profit, 1_000), Armed];

    private readonly List<DomainEvent> _firing =
    [
        Fired,
        new OrderDone(Profit, 1, OrderStatus.Expired, Reason.PairDone, 0, 0),
        Accepted(Stop),
        Sold,
        new OrderDone(Stop, 1, OrderStatus.Filled, Reason.None, 1_000, 500),
    ];

    private readonly List<DomainEvent> _account =
    [
        new FundsDeposited("d", "BTC", 1),
        Placed(Profit, Stop, OrderType.LimitMaker, 0.01m),
        Placed(Stop, Profit, OrderType.StopLoss, 0),
        new OrderTriggered("BTC_USDT", 2, Stop),
        new OrderEnded("BTC_USDT", 2, Profit, OrderStatus.Expired, Reason.PairDone, 0, 0.01m),
        new FillSettled("BTC_USDT", 2, 3, 9, Stop, "BTC", -0.01m, "USDT", 499.5m, "USDT", 0.5m, 0),
        new OrderEnded("BTC_USDT", 2, Stop, OrderStatus.Filled, Reason.None, 0),
    ];

    [Fact]
    public void A_pair_that_kept_its_word_is_clean()
    {
        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal((1L, 0L), (report.Trades, report.InFlight));
    }

    [Fact]
    public void An_order_that_fired_twice_is_found()
    {
        _firing.Add(Fired);

        AssertProblem("BTC_USDT: conditional order 4294967298 fired but does not wait.");
    }

    [Fact]
    public void An_order_that_fired_after_it_was_cancelled_is_found()
    {
        _placing.Add(new ConditionalCancelled(Stop, 1, Reason.CancelledByUser));

        AssertProblem("BTC_USDT: conditional order 4294967298 fired but does not wait.");
    }

    [Fact]
    public void An_order_that_fired_and_did_not_go_to_the_market_is_found()
    {
        _firing.RemoveRange(2, 3);

        AssertProblem("BTC_USDT 2: conditional order 4294967298 fired but did not go to the market.");
    }

    [Fact]
    public void An_order_that_traded_while_it_waits_is_found()
    {
        _firing.RemoveAt(0);

        AssertProblem("BTC_USDT: order 4294967298 was accepted while it still waits for its price.");
        AssertProblem("BTC_USDT: order 4294967298 traded while it, or what it is paired with, still waits for its price.");
    }

    [Fact]
    public void An_order_that_traded_beside_the_one_that_still_waits_is_found()
    {
        _placing.Add(new Traded(8, Side.Buy, 0, -1, Profit, 1, 7_000_000, 10, 0, 0));

        AssertProblem("BTC_USDT: order 4294967297 traded while it, or what it is paired with, still waits for its price.");
    }

    [Fact]
    public void A_trigger_that_the_account_was_not_told_of_is_found()
    {
        _account.RemoveAt(3);

        AssertProblem("Account 1: BTC_USDT 2/-5 for order 4294967298 is below the mark but was not settled");
    }

    [Fact]
    public void A_trigger_that_never_was_is_found()
    {
        _account[3] = new OrderTriggered("BTC_USDT", 1, Stop);

        AssertProblem("Account 1: BTC_USDT 1/-5 for order 4294967298 was settled but never happened");
    }

    [Fact]
    public void A_hold_that_did_not_go_over_to_the_order_that_stays_is_found()
    {
        _account[4] = new OrderEnded("BTC_USDT", 2, Profit, OrderStatus.Expired, Reason.PairDone, 0.01m);

        AssertProblem("Account 1: order 4294967298 paid 0.01 and released 0 BTC, which leaves -0.01 held.");
    }

    [Fact]
    public void A_hold_that_went_to_an_order_of_no_pair_is_found()
    {
        _account[1] = Placed(Profit, 0, OrderType.LimitMaker, 0.01m);

        AssertProblem("Account 1: order 4294967297 handed 0.01 to order 0, which cannot take it.");
    }

    private static OrderAccepted Accepted(long id) => new(
        id, 1, "c", Side.Sell, id == Profit ? OrderType.LimitMaker : OrderType.Market, TimeInForce.GoodTillCancelled,
        id == Profit ? 7_000_000 : 0, 1_000, 0, 0, default);

    private static OrderPlaced Placed(long id, long pairId, OrderType type, decimal held) => new(
        id, $"c{id}", "BTC_USDT", Side.Sell, type, TimeInForce.GoodTillCancelled, 0, 0.01m, 0, 0, default, "BTC", held,
        PairId: pairId, ClientListId: "pair");

    private void AssertProblem(string expected) =>
        Assert.Contains(Audit().Problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));

    private AuditReport Audit()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt]);
        audit.Feed("portfolio/1", 1, new EventBatch(0, _account));
        audit.Feed("portfolio/-1", 1, new EventBatch(0, [new FillSettled("BTC_USDT", 2, 5, 0, 0, "BTC", 0.01m, "USDT", -499.5m, "", 0, 0)]));
        audit.Feed("symbol/BTC_USDT", 1, new EventBatch(0, _placing));
        audit.Feed("symbol/BTC_USDT", 2, new EventBatch(0, _firing));
        return audit.Report();
    }
}
