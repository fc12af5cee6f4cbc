using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>A position of 100 USDT that opens when 50,000 is reached, for a fee of 1; then one thing is made wrong at a time.</summary>
public sealed class EntryAuditTests
{
    private const long Position = (1L << 32) + 1;

    private static readonly EntryArmed Armed = new(
        Position, 1, "p", PositionSide.Long, 100, 50, default, 5_000_000, TriggerDirection.Rising, 2);

    private static readonly EntryFired Fired = new(Position, 1, 5_000_000, 5_000_100);

    private static readonly PositionOpened Opened = new(
        Position, 1, "p", PositionSide.Long, 1_000, 500, 100, 50, 1, 0, 0, default, 0);

    private static readonly EntryDecided Heard = new(
        "BTC_USDT", 2, 1, Position, "p", PositionSide.Long, 50, "USDT", 50_000, 50_001, 100, 1, 500, Reason.None);

    private readonly List<DomainEvent> _placing = [Armed];
    private readonly List<DomainEvent> _firing = [Fired, Opened];

    private readonly List<DomainEvent> _account =
    [
        new FundsDeposited("d", "USDT", 1_000),
        new PositionRequested(Position, "p", "BTC_USDT", PositionSide.Long, 100, 50, default, "USDT", 102, 5_000_000),
        new PositionSettled("BTC_USDT", 2, 1, PositionMoveKind.Opened, Position, Position, "USDT", 100, 0, 1, 1, default, 500),
        Heard,
    ];

    [Fact]
    public void A_position_that_opened_at_its_price_is_clean() => Assert.Empty(Audit().Problems);

    [Fact]
    public void One_that_fired_twice_is_found()
    {
        _firing.Add(Fired);

        AssertProblem("BTC_USDT: position 4294967297 fired but does not wait.");
    }

    [Fact]
    public void One_that_fired_after_it_was_cancelled_is_found()
    {
        _placing.Add(new EntryCancelled(Position, 1, Reason.CancelledByUser));

        AssertProblem("BTC_USDT: position 4294967297 fired but does not wait.");
    }

    [Fact]
    public void One_that_fired_and_went_nowhere_is_found()
    {
        _firing.RemoveAt(1);

        AssertProblem("BTC_USDT 2: position 4294967297 fired but was neither opened nor refused.");
    }

    [Fact]
    public void One_that_opened_while_it_waits_is_found()
    {
        _firing.RemoveAt(0);

        AssertProblem("BTC_USDT: position 4294967297 opened while it still waits for its price.");
    }

    [Fact]
    public void One_that_ended_while_it_waits_is_found()
    {
        _placing.Add(new OrderDone(Position, 1, OrderStatus.Cancelled, Reason.CancelledByUser, 0, 0));

        AssertProblem("BTC_USDT: position 4294967297 ended while it still waits for its price.");
    }

    [Fact]
    public void One_that_took_more_than_was_put_aside_is_found()
    {
        _firing[1] = Opened with { EntryFee = 3 };

        AssertProblem("BTC_USDT: position 4294967297 took 100 and 3 of 100 and 2.");
    }

    [Fact]
    public void A_trigger_that_the_account_was_not_told_of_is_found()
    {
        _account.RemoveAt(3);

        AssertProblem("Account 1: BTC_USDT 2/-5 for order 4294967297 is below the mark but was not settled");
    }

    [Fact]
    public void An_owner_who_heard_of_other_money_is_found()
    {
        _account[3] = Heard with { Margin = 99 };

        AssertProblem("Account 1: what it heard of position 4294967297 that waited is not what was booked.");
    }

    [Fact]
    public void An_owner_who_heard_of_a_refusal_that_was_none_is_found()
    {
        _account[3] = Heard with { Reason = Reason.NoLiquidity };

        AssertProblem("Account 1: what it heard of position 4294967297 that waited is not what was booked.");
    }

    private void AssertProblem(string expected) =>
        Assert.Contains(Audit().Problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));

    private AuditReport Audit()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt]);
        audit.Feed("portfolio/1", 1, new EventBatch(0, _account));
        audit.Feed("portfolio/-1", 1, new EventBatch(0, [new FillSettled("BTC_USDT", 2, 2, 0, 0, "BTC", 0, "USDT", 1, "", 0, 0)]));
        audit.Feed("symbol/BTC_USDT", 1, new EventBatch(0, _placing));
        audit.Feed("symbol/BTC_USDT", 2, new EventBatch(0, _firing));
        return audit.Report();
    }
}
