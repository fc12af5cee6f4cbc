using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>One trade of 0.01 BTC at 50,000 between accounts 1 and 2, booked by everyone; then one thing is made wrong at a time.</summary>
public sealed class ConservationAuditTests
{
    private const long Buy = (1L << 32) + 1;
    private const long Sell = (2L << 32) + 1;

    private static readonly FillSettled Bought =
        new("BTC_USDT", 1, 0, 9, Buy, "BTC", 0.00999m, "USDT", -500, "BTC", 0.00001m, 10);

    private static readonly FillSettled Sold =
        new("BTC_USDT", 1, 0, 9, Sell, "BTC", -0.01m, "USDT", 499.5m, "USDT", 0.5m, 0);

    private static readonly FillSettled HouseShare =
        new("BTC_USDT", 1, 0, 9, 0, "BTC", 0.00001m, "USDT", 0.5m, "", 0, 0);

    private readonly List<DomainEvent> _symbol =
    [
        new Traded(9, Side.Buy, Buy, 1, Sell, 2, 5_000_000, 1_000, 0.00001m, 0.5m),
        new OrderDone(Buy, 1, OrderStatus.Filled, Reason.None, 1_000, 500),
    ];

    private readonly List<DomainEvent> _buyer =
    [
        new FundsDeposited("d", "USDT", 1_000),
        Placed(Buy, Side.Buy, 51_000, "USDT", 510),
        Bought,
        new OrderEnded("BTC_USDT", 1, Buy, OrderStatus.Filled, Reason.None, 0),
    ];

    private readonly List<DomainEvent> _seller =
    [
        new FundsDeposited("d", "BTC", 1),
        Placed(Sell, Side.Sell, 50_000, "BTC", 0.01m),
        Sold,
    ];

    private readonly List<DomainEvent> _house = [HouseShare];

    [Fact]
    public void What_everyone_booked_as_it_traded_is_clean()
    {
        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal((3, 1L, 3L, 0L), (report.Accounts, report.Trades, report.Settlements, report.InFlight));
        Assert.Equal([new AssetAudit("BTC", 1, 1, 0, 0), new AssetAudit("USDT", 1_000, 1_000, 0, 0)], report.Assets);
    }

    [Fact]
    public void An_account_that_starts_over_takes_its_money_out_of_the_sum()
    {
        _buyer.AddRange(
        [
            new ResetStarted("r"), new FundsWithdrawn("r", "BTC", 0.00999m), new FundsWithdrawn("r", "USDT", 500), new ResetFinished("r"),
        ]);

        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal([new AssetAudit("BTC", 0.99001m, 0.99001m, 0, 0), new AssetAudit("USDT", 500, 500, 0, 0)], report.Assets);
    }

    [Fact]
    public void A_reset_that_leaves_something_is_found()
    {
        _buyer.AddRange([new ResetStarted("r"), new FundsWithdrawn("r", "USDT", 500), new ResetFinished("r")]);

        AssertProblem("Account 1: reset r left 0.00999 BTC");
    }

    [Fact]
    public void More_withdrawn_than_there_was_is_found()
    {
        _buyer.AddRange([new ResetStarted("r"), new FundsWithdrawn("r", "USDT", 501)]);

        AssertProblem("Account 1: r left -1 USDT available");
    }

    [Fact]
    public void What_a_portfolio_has_not_booked_yet_is_in_flight()
    {
        _buyer.RemoveRange(2, 2);

        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal(2, report.InFlight);
        Assert.Equal(new AssetAudit("BTC", 1, 0.99001m, 0, 0.00999m), report.Assets[0]);
        Assert.Equal(new AssetAudit("USDT", 1_000, 990, 510, -500), report.Assets[1]);
    }

    [Fact]
    public void A_settlement_that_was_skipped_is_found()
    {
        _buyer.RemoveRange(2, 2);
        _buyer.Add(new SettledUpTo("BTC_USDT", 1));

        AssertProblem("Account 1: BTC_USDT 1/0 for order 4294967297 is below the mark but was not settled (0.00999 BTC, -500");
        AssertProblem("USDT: the accounts and what is in flight differ from the deposits by 500");
        AssertProblem("Account 1 has 1000 USDT and must have 500");
    }

    [Fact]
    public void A_settlement_that_was_set_aside_is_in_flight_although_the_mark_has_passed_it()
    {
        _buyer.RemoveRange(2, 2);
        _buyer.Add(new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder));

        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal(2, report.InFlight);
        Assert.Equal(new AssetAudit("USDT", 1_000, 990, 510, -500), report.Assets[1]);
    }

    [Fact]
    public void A_settlement_that_was_set_aside_and_taken_up_later_is_clean()
    {
        _buyer.InsertRange(2, [new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder), new SettledUpTo("BTC_USDT", 5)]);
        _buyer.Add(new SettlementTakenUp("BTC_USDT", 1));

        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal(0, report.InFlight);
    }

    [Fact]
    public void A_settlement_that_was_taken_up_without_being_booked_is_found()
    {
        _buyer.RemoveRange(2, 2);
        _buyer.Add(new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder));
        _buyer.Add(new SettlementTakenUp("BTC_USDT", 1));

        AssertProblem("Account 1: BTC_USDT 1/0 for order 4294967297 is below the mark but was not settled (0.00999 BTC, -500");
    }

    [Fact]
    public void A_fill_that_was_taken_up_after_its_order_had_ended_is_clean()
    {
        _buyer.RemoveRange(2, 2);
        _buyer.AddRange(
        [
            new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder),
            new OrderEnded("BTC_USDT", 1, Buy, OrderStatus.Filled, Reason.None, 510),
            new LateFillSettled("BTC_USDT", 1, 0, 9, Buy, "BTC", 0.00999m, "USDT", -500, "BTC", 0.00001m),
            new SettlementTakenUp("BTC_USDT", 1),
        ]);

        var report = Audit();

        Assert.Empty(report.Problems);
        Assert.Equal((3L, 0L), (report.Settlements, report.InFlight));
        Assert.Equal([new AssetAudit("BTC", 1, 1, 0, 0), new AssetAudit("USDT", 1_000, 1_000, 0, 0)], report.Assets);
    }

    [Theory]
    [InlineData(-500, true)]
    [InlineData(-499, false)]
    public void What_was_dropped_is_the_houses_to_the_last_digit(int quote, bool isClean)
    {
        _buyer.RemoveRange(2, 2);
        _buyer.AddRange(
        [
            new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder),
            new OrderEnded("BTC_USDT", 1, Buy, OrderStatus.Filled, Reason.None, 510),
            new SettlementDropped("BTC_USDT", 1, "BTC", 0.00999m, "USDT", quote),
        ]);

        var report = Audit();

        Assert.Equal(isClean ? 0 : 1, report.Problems.Count);
        Assert.Equal(0, report.InFlight);
        Assert.Equal([new AssetAudit("BTC", 1, 1, 0, 0), new AssetAudit("USDT", 1_000, 1_000, 0, 0)], report.Assets);
    }

    [Fact]
    public void A_fill_that_was_taken_up_late_without_having_been_set_aside_is_found()
    {
        _buyer[2] = new LateFillSettled("BTC_USDT", 1, 0, 9, Buy, "BTC", 0.00999m, "USDT", -500, "BTC", 0.00001m);

        AssertProblem("Account 1: BTC_USDT 1/0 was settled late but had not been set aside");
    }

    [Fact]
    public void A_settlement_that_was_taken_up_twice_is_found()
    {
        _buyer.Insert(2, new SettlementSetAside("BTC_USDT", 1, Reason.UnknownOrder));
        _buyer.Add(new SettlementTakenUp("BTC_USDT", 1));
        _buyer.Add(new SettlementTakenUp("BTC_USDT", 1));

        AssertProblem("Account 1: BTC_USDT 1 was taken up but had not been set aside");
    }

    [Fact]
    public void A_settlement_that_was_booked_twice_is_found()
    {
        _house.Add(HouseShare);

        AssertProblem("Account -1: BTC_USDT 1/0 was settled again for order 0.");
        AssertProblem("BTC: the accounts and what is in flight differ from the deposits by 0.00001");
    }

    [Fact]
    public void A_settlement_of_something_that_never_traded_is_found()
    {
        _house.Add(HouseShare with { Sequence = 2 });

        AssertProblem("Account -1: BTC_USDT 2/-3 for order 0 was settled but never happened");
    }

    [Fact]
    public void A_settlement_with_other_amounts_is_found_to_the_digit()
    {
        _seller[2] = Sold with { QuoteChange = 499.49999999m };

        AssertProblem("Account 2: BTC_USDT 1/0 for order 8589934593 was settled with other amounts (off by 0 BTC, 0.00000001 USDT)");
        AssertProblem("USDT: the accounts and what is in flight differ from the deposits by -0.00000001");
    }

    [Fact]
    public void An_end_that_was_never_booked_is_found()
    {
        _buyer[3] = new SettledUpTo("BTC_USDT", 1);

        AssertProblem("Account 1: BTC_USDT 1/-1 for order 4294967297 is below the mark but was not settled");
    }

    [Fact]
    public void An_end_that_never_came_is_found()
    {
        _seller.Add(new OrderEnded("BTC_USDT", 2, Sell, OrderStatus.Cancelled, Reason.None, 0));

        AssertProblem("Account 2: BTC_USDT 2/-1 for order 8589934593 was settled but never happened");
    }

    [Fact]
    public void An_order_that_ends_with_money_still_held_is_found()
    {
        _buyer[2] = Bought with { Released = 9 };

        AssertProblem("Account 1: order 4294967297 ended with 1 USDT still held.");
    }

    [Fact]
    public void A_user_below_zero_is_found()
    {
        _buyer[0] = new FundsDeposited("d", "USDT", 509);

        AssertProblem("Account 1: 4294967297 left -1 USDT available");
    }

    [Fact]
    public void More_paid_than_held_is_found()
    {
        _buyer[1] = Placed(Buy, Side.Buy, 51_000, "USDT", 509);

        AssertProblem("Account 1: order 4294967297 paid 500 and released 10 USDT, which leaves -1 held.");
    }

    [Fact]
    public void A_fill_of_an_order_that_is_not_open_is_found()
    {
        _seller.RemoveAt(1);

        AssertProblem("Account 2: order 8589934593 is not open but was settled.");
    }

    [Fact]
    public void A_stream_that_goes_back_is_found()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt]);
        audit.Feed("portfolio/1", 5, new EventBatch(0, []));
        audit.Feed("portfolio/1", 5, new EventBatch(0, []));

        Assert.Equal(["Stream portfolio/1: sequence 5 came after 5."], audit.Report().Problems);
    }

    [Fact]
    public void A_market_that_was_listed_again_is_audited_by_its_latest_terms()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt with { LotSize = 1 }, Samples.BtcUsdt]);
        audit.Feed("symbol/BTC_USDT", 1, new EventBatch(0, _symbol));
        audit.Feed("portfolio/-1", 1, new EventBatch(0, _house));

        Assert.Empty(audit.Report().Problems);
    }

    [Fact]
    public void Streams_of_others_are_passed_over()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt]);
        audit.Feed(Streams.Markets, 1, new EventBatch(0, [new MarketListed(Samples.BtcUsdt)]));

        Assert.True(audit.Report().IsClean);
    }

    private static OrderPlaced Placed(long orderId, Side side, decimal price, string asset, decimal held) => new(
        orderId, "c", "BTC_USDT", side, OrderType.Limit, TimeInForce.GoodTillCancelled, price, 0.01m, 0, 0, default, asset, held);

    private void AssertProblem(string expected) =>
        Assert.Contains(Audit().Problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));

    private AuditReport Audit()
    {
        var audit = new ConservationAudit([Samples.BtcUsdt]);
        audit.Feed("portfolio/1", 1, new EventBatch(0, _buyer));
        audit.Feed("portfolio/-1", 1, new EventBatch(0, _house));
        audit.Feed("symbol/BTC_USDT", 1, new EventBatch(0, _symbol));
        audit.Feed("portfolio/2", 1, new EventBatch(0, _seller));
        return audit.Report();
    }
}
