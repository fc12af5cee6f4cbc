using Exchange.Domain.Events;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class PositionRequestTests
{
    private static readonly OpenPosition Everything =
        new(0, 1, "mine", PositionSide.Long, 1_000, new Leverage(50), default);

    [Fact]
    public void The_same_request_has_the_same_answer_when_its_margin_is_lost()
    {
        var owner = Owner.WithUsdt(1_000);
        var asked = (PositionRequested)Ask(owner, Everything).Requested!;
        owner.Journal(asked);
        owner.Journal(new PositionSettled(
            "BTC_USDT", 5, 0, PositionMoveKind.Opened, asked.PositionId, asked.PositionId, "USDT", 1_000, 0, 0, 0, default, 5_000));
        owner.Journal(new PositionSettled(
            "BTC_USDT", 6, 0, PositionMoveKind.Closed, asked.PositionId, 0, "USDT", -1_000, 0, 0, 0, CloseCause.Liquidation, 4_000));
        Assert.Equal(0, owner["USDT"].Total);

        Assert.Equal(asked.PositionId, Ask(owner, Everything).Existing!.Value.OrderId);
        Assert.Equal(Reason.DuplicateRequest, Ask(owner, Everything with { Margin = 999 }).Reason);
        Assert.Equal(Reason.InsufficientBalance, Ask(owner, Everything with { ClientPositionId = "another" }).Reason);
    }

    [Fact]
    public void Where_a_closed_position_was_is_known_from_snapshot_and_replay()
    {
        var owner = Owner.WithUsdt(1_500);
        var asked = (PositionRequested)Ask(owner, Everything).Requested!;
        owner.Journal(asked);
        owner.Journal(new PositionSettled(
            "BTC_USDT", 5, 0, PositionMoveKind.Opened, asked.PositionId, asked.PositionId, "USDT", 1_000, 0, 0, 0, default, 5_000));
        var more = (MarginRequested)owner.Portfolio.RequestMargin("more", asked.PositionId, 500, Samples.BtcUsdt).Requested!;
        owner.Journal(more);
        owner.Journal(new PositionSettled(
            "BTC_USDT", 6, 0, PositionMoveKind.MarginAdded, asked.PositionId, more.RequestId, "USDT", 500, 0, 0, 0, default, 0));
        Assert.Null(owner.Portfolio.Positions.MarketOfClosed(asked.PositionId));
        owner.Journal(new PositionSettled(
            "BTC_USDT", 7, 0, PositionMoveKind.Closed, asked.PositionId, 0, "USDT", -1_500, 0, 0, 0, CloseCause.Liquidation, 4_000));

        var snapshot = PortfolioSnapshot.Write(owner.Portfolio);
        foreach (var portfolio in new[] { owner.Portfolio, PortfolioSnapshot.Read(snapshot), owner.Replayed() })
        {
            var positions = portfolio.Positions;
            Assert.Equal("BTC_USDT", positions.MarketOfClosed(asked.PositionId));
            Assert.Equal(more.RequestId, positions.FindMargin("more", asked.PositionId, 500, Samples.BtcUsdt)!.Value.Existing!.Value.OrderId);
            Assert.Equal(Reason.DuplicateRequest, positions.FindMargin("more", asked.PositionId, 501, Samples.BtcUsdt)!.Value.Reason);
            Assert.Null(positions.FindMargin("other", asked.PositionId, 500, Samples.BtcUsdt));
            Assert.Equal(snapshot, PortfolioSnapshot.Write(portfolio));
        }
    }

    private static RequestDecision Ask(Owner owner, OpenPosition position) =>
        owner.Portfolio.RequestPosition(position, Samples.BtcUsdt, CfdTerms.Default);
}
