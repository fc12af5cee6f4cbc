using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Storage.ReadModel;

namespace Exchange.Storage.Tests.ReadModel;

public sealed class PositionQueryTests : TwoMarkets
{
    [Fact]
    public async Task A_position_is_followed_from_its_opening_to_why_it_closed()
    {
        long id = Id(1, 1);
        Append(100, Opened(id, 1, lots: 10, notional: 1, margin: 0.5m));
        await Rig.FlushAndFollow();
        PositionRow open = (await Model.PositionAsync(1, id))!;
        Assert.Equal((PositionState.Open, 0.01m, 100m, 0.5m, 90m), (open.State, open.Quantity, open.EntryPrice, open.Margin, open.StopLoss));
        Assert.Empty(await Model.ClosedPositionsAsync(1, null, long.MaxValue, 10));
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());

        Append(
            101,
            new MarginAdded(id, 1, Id(1, 2), 0.1m),
            new FundingPaid(id, 1, 0.02m),
            new PositionReduced(id, 1, new Exit(4, 0.4m, 0.44m, 0.232m, 0.04m, 0.001m, 0.271m, 0)));
        Append(
            102,
            new PositionClosing(id, 1, CloseCause.StopLoss, 9_000, 8_990),
            new PositionClosed(
                id, 1, CloseCause.StopLoss, new Exit(6, 0.6m, 0.54m, 0.348m, -0.06m, 0.001m, 0.287m, 0),
                -0.02m, 0.003m, 0.02m, 0.558m, 9_000, 8_990));
        await Rig.FlushAndFollow();

        PositionRow closed = Assert.Single(await Model.ClosedPositionsAsync(1, Symbol, long.MaxValue, 10));
        Assert.Equal((PositionState.Closed, CloseCause.StopLoss, 90m, 89.9m), (closed.State, closed.Cause, closed.LevelPrice, closed.ReachedPrice));
        Assert.Equal((0.01m, 98m, -0.02m, 0.003m, 0.02m), (closed.ClosedQuantity, closed.ExitPrice, closed.Profit, closed.Fees, closed.Funding));
        Assert.Equal((0.6m, 0.558m, -0.043m), (closed.Margin, closed.Payout, closed.NetProfit));
        Assert.Equal((100L, 102L), (closed.OpenedAtMs, closed.ClosedAtMs));
        Assert.Equal(closed, await Model.PositionAsync(1, id));
        Assert.Null(await Model.PositionAsync(2, id));
        Assert.Empty(await Model.ClosedPositionsAsync(1, "ETH_USDT", long.MaxValue, 10));
    }

    [Fact]
    public async Task A_symbol_has_open_work_until_the_account_has_booked_the_close()
    {
        long id = Id(1, 1);
        Append(100, Opened(id, 1, lots: 10, notional: 1, margin: 0.5m));
        Append(101, Closed(id, 1));
        await Rig.FlushAndFollow();
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(1), 102, Settled(id, PositionMoveKind.Closed, requestId: 0));
        await Rig.FlushAndFollow();

        Assert.Empty(await Model.SymbolsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task A_request_that_is_on_its_way_is_an_accounts_open_work()
    {
        long opening = Id(1, 1);
        long refused = Id(2, 1);
        Rig.Append(Streams.Portfolio(1), 100, Requested(opening));
        Rig.Append(Streams.Portfolio(2), 100, Requested(refused));
        await Rig.FlushAndFollow();
        Assert.Equal([1, 2], (await Model.AccountsWithOpenOrdersAsync()).Order());

        Rig.Append(Streams.Portfolio(1), 101, Settled(opening, PositionMoveKind.Opened, requestId: opening));
        Rig.Append(Streams.Portfolio(2), 101, new OrderEnded(Symbol, 7, refused, OrderStatus.Rejected, Reason.SlippageTooLarge, 1));
        await Rig.FlushAndFollow();

        Assert.Empty(await Model.AccountsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task What_an_owner_has_not_been_told_is_an_accounts_open_work()
    {
        Rig.Append(Streams.Portfolio(1), 100, Left(Id(1, 1), isClosed: true), Left(Id(1, 2), isClosed: true), Left(Id(1, 3), isClosed: false));
        Rig.Append(Streams.Portfolio(-1), 100, new SettlementSetAside(Symbol, 5, Reason.InvalidAmount));
        await Rig.FlushAndFollow();
        Assert.Equal([1], await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(1), 101, new Announced(1));
        await Rig.FlushAndFollow();
        Assert.Equal([1], await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(1), 102, new Announced(2));
        await Rig.FlushAndFollow();
        Assert.Empty(await Model.AccountsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task Positions_are_listed_newest_first_page_by_page_and_survive_a_rebuild()
    {
        for (long n = 1; n <= 3; n++)
        {
            Append(100 + n, Opened(Id(1, n), 1, lots: 10, notional: 1, margin: 0.5m), Closed(Id(1, n), 1));
        }

        Append(110, Opened(Id(2, 1), 2, lots: 10, notional: 1, margin: 0.5m), Closed(Id(2, 1), 2));
        await Rig.FlushAndFollow();

        await Model.RebuildAsync();
        await Model.CatchUpAsync();

        IReadOnlyList<PositionRow> first = await Model.ClosedPositionsAsync(1, null, long.MaxValue, 2);
        Assert.Equal([Id(1, 3), Id(1, 2)], first.Select(row => row.PositionId));
        Assert.Equal([Id(1, 1)], (await Model.ClosedPositionsAsync(1, null, first[^1].PositionId, 2)).Select(row => row.PositionId));
    }

    [Fact]
    public async Task A_symbol_has_open_work_while_a_position_waits_for_its_price_there()
    {
        Rig.Append(Streams.Portfolio(1), 100, Waiting(Id(1, 1)), Waiting(Id(1, 2)));
        await Rig.FlushAndFollow();
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());
        Assert.Equal([1L], await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(
            Streams.Portfolio(1), 101,
            new OrderEnded(Symbol, 2, Id(1, 1), OrderStatus.Cancelled, Reason.CancelledByUser, 1),
            Settled(Id(1, 2), PositionMoveKind.Opened, Id(1, 2)));
        await Rig.FlushAndFollow();

        Assert.Empty(await Model.SymbolsWithOpenOrdersAsync());
        Assert.Empty(await Model.TriggeredPositionsAsync(1, long.MaxValue, 10));
    }

    [Fact]
    public async Task Positions_whose_price_was_reached_are_listed_with_what_came_of_it_also_after_a_rebuild()
    {
        Rig.Append(Streams.Portfolio(1), 100, Waiting(Id(1, 1)), Waiting(Id(1, 2)), Waiting(Id(1, 3)), Waiting(Id(1, 4)));
        Rig.Append(
            Streams.Portfolio(1), 101,
            Settled(Id(1, 1), PositionMoveKind.Opened, Id(1, 1)), Decided(Id(1, 1), 100.5m, Reason.None),
            new OrderEnded(Symbol, 3, Id(1, 2), OrderStatus.Rejected, Reason.SlippageTooLarge, 1), Decided(Id(1, 2), 100.5m, Reason.SlippageTooLarge),
            new OrderEnded(Symbol, 3, Id(1, 3), OrderStatus.Expired, Reason.EntryExpired, 1), Decided(Id(1, 3), 0, Reason.EntryExpired));
        await Rig.FlushAndFollow();
        await Model.RebuildAsync();
        await Model.CatchUpAsync();

        IReadOnlyList<EntryRow> rows = await Model.TriggeredPositionsAsync(1, long.MaxValue, 10);
        Assert.Equal([(Id(1, 2), Reason.SlippageTooLarge), (Id(1, 1), Reason.None)], rows.Select(row => (row.PositionId, row.Reason)));
        Assert.Equal((Symbol, "USDT", 100m, 100.5m, 100L, 101L), (
            rows[1].Symbol, rows[1].Asset, rows[1].TriggerPrice, rows[1].ReachedPrice, rows[1].RequestedAtMs, rows[1].TriggeredAtMs));
        Assert.Equal([Id(1, 1)], (await Model.TriggeredPositionsAsync(1, Id(1, 2), 10)).Select(row => row.PositionId));
        Assert.Empty(await Model.TriggeredPositionsAsync(2, long.MaxValue, 10));
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());
    }

    private static PositionRequested Waiting(long id) => Requested(id) with { TriggerTicks = 10_000, ClientPositionId = $"p{id}" };

    private static EntryDecided Decided(long id, decimal reached, Reason reason) => new(
        Symbol, 3, 0, id, "p", PositionSide.Long, 20, "USDT", 100, reached, 1, 0, 0, reason);

    private static long Id(long account, long counter) => History.OrderId(account, counter);

    private static PositionOpened Opened(long id, long account, long lots, decimal notional, decimal margin) => new(
        id, account, "p", PositionSide.Long, lots, notional, margin, 20, 0.001m, 0, 10, new PositionLevels(StopLossTicks: 9_000), 0);

    private static PositionClosed Closed(long id, long account) => new(
        id, account, CloseCause.User, new Exit(10, 1, 1, 0.5m, 0, 0, 0.5m, 0), 0, 0.001m, 0, 0.5m);

    private static PositionRequested Requested(long id) => new(
        id, "p", Symbol, PositionSide.Long, 1, 20, default, "USDT", 1);

    private static PositionSettled Settled(long id, PositionMoveKind kind, long requestId) => new(
        Symbol, 2, 0, kind, id, requestId, "USDT", 0, 0, 0, 0, CloseCause.User, 0);

    private static PositionLeft Left(long id, bool isClosed) => new(
        Symbol, id, 0, id, "p", PositionSide.Long, 20, isClosed, CloseCause.User, "USDT", 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, "", 0);

    private void Append(long atMs, params DomainEvent[] events) => Rig.Append(Streams.Symbol(Symbol), atMs, events);
}
