using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>Whatever is placed, filled, cancelled, lost, repeated and delayed: no unit of any asset is made or lost.</summary>
public sealed class ConservationTests
{
    private static readonly string[] Assets = ["BTC", "ETH", "USDT"];

    public static TheoryData<int, bool> Seeds
    {
        get
        {
            var seeds = new TheoryData<int, bool>();
            for (var seed = 1; seed <= 30; seed++)
            {
                seeds.Add(seed, false);
                seeds.Add(seed, true);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_asset_is_conserved_to_the_last_digit(int seed, bool real)
    {
        var exchange = new PaperExchange(seed, real ? PaperExchange.Real : PaperExchange.Plain);
        for (var step = 0; step < 1_500; step++)
        {
            exchange.Step();
            if (step % 100 == 0)
                AssertSound(exchange, $"seed {seed}, step {step}");
        }

        exchange.Drain();

        var report = AssertSound(exchange, $"seed {seed}, drained");
        Assert.Equal((seed, 0), (seed, report.InFlight));
        Assert.True(report.Trades > 50 && report.Settlements > (real ? 50 : report.Trades), $"seed {seed} trades too little to prove anything");
        Assert.All(Assets, asset => Assert.Equal((seed, exchange.DepositsOf(asset)), (seed, exchange.TotalOf(asset))));
        Assert.All(exchange.Owners, owner =>
        {
            Assert.Empty(owner.Portfolio.OpenOrders);
            Assert.Empty(owner.Portfolio.Positions.Holds);
            Assert.All(exchange.Markets.OfType<RealMarket>(), market => Assert.True(market.Positions.IsEmpty));
            Assert.Empty(owner.Portfolio.Positions.Open);
            Assert.All(owner.Portfolio.Balances, balance => Assert.Equal((seed, 0m, 0m), (seed, balance.Held, balance.InPositions)));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_restarts_has_the_same_state_and_the_same_future(int seed, bool real)
    {
        var symbol = real ? PaperExchange.Real : (Func<Market, decimal, IPaperMarket>)PaperExchange.Plain;
        var (steady, restarting) = (new PaperExchange(seed, symbol), new PaperExchange(seed, symbol));
        for (var step = 0; step < 600; step++)
        {
            steady.Step();
            restarting.Step();
            if (step % 50 is 20 or 40)
            {
                foreach (var market in steady.Markets)
                    market.Flush();
            }

            if (step % 50 == 20)
                restarting.Restart(owner => owner.Replayed());
            if (step % 50 == 40)
                restarting.Restart(owner => PortfolioSnapshot.Read(PortfolioSnapshot.Write(owner.Portfolio)));
        }

        for (var i = 0; i < steady.Owners.Count; i++)
        {
            Assert.Equal(steady.Owners[i].Journaled, restarting.Owners[i].Journaled);
            Assert.Equal(
                PortfolioSnapshot.Write(steady.Owners[i].Portfolio),
                PortfolioSnapshot.Write(restarting.Owners[i].Portfolio));
        }
    }

    [Fact]
    public void These_exchanges_see_everything_that_can_happen()
    {
        var journaled = new List<DomainEvent>();
        var inFlight = 0L;
        for (var seed = 1; seed <= 12; seed++)
        {
            var exchange = new PaperExchange(seed, PaperExchange.Real);
            for (var step = 0; step < 1_500; step++)
                exchange.Step();
            inFlight += exchange.Audit().InFlight;
            journaled.AddRange(exchange.Owners.SelectMany(owner => owner.Journaled));
            journaled.AddRange(exchange.Markets.SelectMany(market => market.Journal).SelectMany(record => record.Batch.Events));
        }

        Assert.True(inFlight > 0);
        Assert.Contains(journaled, e => e is FillSettled { Released: > 0 });
        Assert.Contains(journaled, e => e is OrderReduced { Released: > 0 });
        Assert.Contains(journaled, e => e is OrderEnded { Reason: Reason.NeverReachedMarket, Released: > 0 });
        Assert.Contains(journaled, e => e is OrderEnded { Status: OrderStatus.Cancelled, Released: > 0 });
        Assert.Contains(journaled, e => e is OrderEnded { Status: OrderStatus.Expired });
        Assert.Contains(journaled, e => e is OrderEnded { Status: OrderStatus.ExpiredInMatch });
        Assert.Contains(journaled, e => e is OrderEnded { Reason: Reason.WouldTakeLiquidity });
        Assert.Contains(journaled, e => e is OrderEnded { Reason: Reason.FillOrKillUnfilled });
        Assert.Contains(journaled, e => e is SettledUpTo);
        foreach (var kind in Enum.GetValues<PositionMoveKind>())
            Assert.Contains(journaled, e => e is PositionSettled settled && settled.Kind == kind);
        Assert.Contains(journaled, e => e is PositionSettled { Kind: PositionMoveKind.Opened, Released: > 0 });
        Assert.Contains(journaled, e => e is PositionUnwound);
        Assert.Contains(journaled, e => e is PositionClosed { Exit: { Shortfall: > 0, Payout: 0 } });
        Assert.Contains(journaled, e => e is TrailingAdvanced);
        foreach (var type in Enum.GetValues<ConditionalType>())
            Assert.Contains(journaled, e => e is ConditionalArmed armed && armed.Type == type && HasFired(journaled, armed));
        Assert.Contains(journaled, e => e is ConditionalActivated);
        Assert.Contains(journaled, e => e is ConditionalCancelled { Reason: Reason.CancelledByUser });
        Assert.Contains(journaled, e => e is ConditionalCancelled { Reason: Reason.PairDone });
        Assert.Contains(journaled, e => e is OrderTriggered);
        Assert.Contains(journaled, e => e is OrderEnded { Reason: Reason.WouldTriggerImmediately, Released: > 0 });
        Assert.Contains(journaled, e => e is OrderEnded { Reason: Reason.BudgetSpent });
        Assert.Contains(journaled, e => e is OrderEnded { MovedToPair: > 0, Status: OrderStatus.Expired });
        Assert.Contains(journaled, e => e is OrderEnded { MovedToPair: < 0, Status: OrderStatus.Expired });
        Assert.Contains(journaled, e => e is OrderEnded { MovedToPair: > 0, Reason: Reason.NeverReachedMarket });
        Assert.Contains(journaled, e => e is EntryDecided { Reason: Reason.None, Fee: > 0, ReachedPrice: > 0 });
        Assert.Contains(journaled, e => e is EntryDecided { Reason: not (Reason.None or Reason.EntryExpired), ReachedPrice: > 0 });
        Assert.Contains(journaled, e => e is EntryDecided { Reason: Reason.EntryExpired, ReachedPrice: 0 });
        Assert.Contains(journaled, e => e is EntryCancelled { Reason: Reason.CancelledByUser });
        foreach (var cause in Enum.GetValues<CloseCause>().Where(cause => cause != CloseCause.Operator))
            Assert.Contains(journaled, e => e is PositionClosed closed && closed.Cause == cause);
        Assert.Contains(journaled, e => e is OrderPlaced { QuoteAmount: > 0, Side: Side.Sell });
        Assert.Contains(journaled, e => e is OrderPlaced { QuoteAmount: > 0, Side: Side.Buy });
        Assert.Contains(journaled, e => e is OrderPlaced { Type: OrderType.Market, Quantity: > 0 });
        Assert.Contains(journaled, e => e is Traded { TakerOrderId: 0 });
        Assert.Contains(journaled, e => e is Traded { MakerOrderId: 0 });
        Assert.Contains(journaled, e => e is Traded trade && trade.TakerAccount == trade.MakerAccount);
        Assert.Contains(journaled, e => e is FillSettled { OrderId: 0, BaseChange: < 0 });
    }

    private static bool HasFired(List<DomainEvent> journaled, ConditionalArmed armed) =>
        journaled.Exists(e => e is ConditionalFired fired && fired.OrderId == armed.OrderId);

    private static Exchange.Domain.Ledger.AuditReport AssertSound(PaperExchange exchange, string when)
    {
        var report = exchange.Audit();
        Assert.True(report.IsClean, $"{when}: {string.Join('\n', report.Problems)}");
        foreach (var asset in report.Assets)
            Assert.Equal((when, asset.Asset, 0m), (when, asset.Asset, asset.Difference));

        foreach (var owner in exchange.Owners.Where(owner => !owner.Portfolio.IsHouse))
        {
            foreach (var balance in owner.Portfolio.Balances)
            {
                Assert.True(balance.Available >= 0, $"{when}: {balance}");
                var held = owner.Portfolio.OpenOrders.Where(order => order.Terms.HeldAsset == balance.Asset).Sum(order => order.Held)
                    + owner.Portfolio.Positions.Holds.Where(hold => hold.Asset == balance.Asset).Sum(hold => hold.Held);
                var margins = owner.Portfolio.Positions.Open
                    .Where(position => position.Terms.HeldAsset == balance.Asset)
                    .Sum(position => position.Margin);
                Assert.Equal((when, balance.Asset, margins), (when, balance.Asset, balance.InPositions));
                Assert.Equal((when, balance.Asset, held), (when, balance.Asset, balance.Held));
            }
        }

        return report;
    }
}
