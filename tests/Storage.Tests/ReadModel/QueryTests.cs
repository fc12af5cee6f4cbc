using Exchange.Domain;
using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Storage.ReadModel;

namespace Exchange.Storage.Tests.ReadModel;

public sealed class QueryTests : TwoMarkets
{
    [Fact]
    public async Task An_order_shows_what_its_portfolio_asked_for_and_what_its_symbol_did()
    {
        long id = Place(account: 1, counter: 1, at: 100, side: Side.Buy, quantity: 0.005m);
        Accept(id, 1, 101, lots: 5);
        Rig.Append(Streams.Symbol(Symbol), 102, new Traded(9, Side.Sell, Id(2, 1), 2, id, 1, 10_050, 2, 0.1m, 0.2m));
        await Rig.FlushAndFollow();

        OrderRow order = (await Model.OrderAsync(1, id))!;
        Assert.Equal(
            new OrderRow(id, 1, Symbol, "c1", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100.50m, 0.005m, 0, 0,
                SelfTradePrevention.ExpireTaker, OrderStatus.PartiallyFilled, Reason.None, 0.002m, 0.201m, 100, 102),
            order);
        Assert.Equal(100.5m, order.AveragePrice);

        Rig.Append(Streams.Symbol(Symbol), 103, new OrderDone(id, 1, OrderStatus.Cancelled, Reason.CancelledByUser, 2, 0.201m));
        await Rig.FlushAndFollow();
        Assert.Equal(
            order with { Status = OrderStatus.Cancelled, Reason = Reason.CancelledByUser, UpdatedAtMs = 103 }, await Model.OrderAsync(1, id));
    }

    [Fact]
    public async Task A_pair_is_found_by_its_list_and_what_fired_by_that()
    {
        var (profit, stop) = (Id(1, 1), Id(1, 2));
        foreach (var (id, pair, type) in new[] { (profit, stop, OrderType.LimitMaker), (stop, profit, OrderType.StopLoss) })
        {
            Rig.Append(Streams.Portfolio(1), 100, new OrderPlaced(
                id, $"c{id}", Symbol, Side.Sell, type, TimeInForce.GoodTillCancelled, 0, 1, 0, 0, SelfTradePrevention.None, "BTC", 1,
                type == OrderType.StopLoss ? 90 : 0, type == OrderType.StopLoss ? 25 : 0, pair, "list", 5));
        }

        Rig.Append(
            Streams.Portfolio(1), 104, new OrderTriggered(Symbol, 3, stop),
            new OrderEnded(Symbol, 3, profit, OrderStatus.Expired, Reason.PairDone, 0, 1));
        await Rig.FlushAndFollow();

        IReadOnlyList<OrderRow> rows = await Model.PairAsync(1, "list");
        Assert.Equal([(profit, profit, 0L), (stop, profit, 104L)], rows.Select(row => (row.OrderId, row.ListId, row.TriggeredAtMs)));
        Assert.Equal((90m, 25, "list", OrderStatus.New), (rows[1].StopPrice, rows[1].TrailingBps, rows[1].ClientListId, rows[1].Status));
        Assert.Equal(OrderStatus.Expired, rows[0].Status);
        Assert.Equal([stop], (await Model.TriggeredOrdersAsync(1, long.MaxValue, 10)).Select(row => row.OrderId));
        Assert.Empty(await Model.TriggeredOrdersAsync(1, stop, 10));
        Assert.Empty(await Model.TriggeredOrdersAsync(2, long.MaxValue, 10));
        Assert.Empty(await Model.PairAsync(1, "nobody"));
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task What_the_symbol_did_before_the_portfolio_was_followed_is_not_lost()
    {
        long id = Id(1, 1);
        Accept(id, 1, 101, lots: 5);
        Rig.Append(Streams.Symbol(Symbol), 102, new OrderDone(id, 1, OrderStatus.Filled, Reason.None, 5, 0.5m));
        await Rig.FlushAndFollow();
        Assert.Null(await Model.OrderAsync(1, id));

        Place(account: 1, counter: 1, at: 100, side: Side.Buy, quantity: 0.005m);
        await Rig.FlushAndFollow();
        OrderRow order = (await Model.OrderAsync(1, id))!;
        Assert.Equal((OrderStatus.Filled, 0.005m, 100L, 102L), (order.Status, order.FilledQuantity, order.PlacedAtMs, order.UpdatedAtMs));
    }

    [Fact]
    public async Task An_order_that_never_reached_its_market_ends_as_its_portfolio_says()
    {
        long id = Place(account: 1, counter: 1, at: 100, side: Side.Buy, quantity: 1);
        Rig.Append(Streams.Symbol(Symbol), 101, new OrderTombstoned(id, 1));
        Rig.Append(Streams.Portfolio(1), 102, new OrderEnded(Symbol, 1, id, OrderStatus.Rejected, Reason.NeverReachedMarket, 1));
        await Rig.FlushAndFollow();
        OrderRow order = (await Model.OrderAsync(1, id))!;
        Assert.Equal((OrderStatus.Rejected, Reason.NeverReachedMarket), (order.Status, order.Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task How_an_order_ended_is_what_its_symbol_says_whoever_is_followed_first(bool symbolFirst)
    {
        long id = Place(account: 1, counter: 1, at: 100, side: Side.Buy, quantity: 1);
        await Rig.FlushAndFollow();
        foreach (bool symbol in new[] { symbolFirst, !symbolFirst })
        {
            if (symbol)
            {
                Rig.Append(Streams.Symbol(Symbol), 101, new OrderDone(id, 1, OrderStatus.Expired, Reason.RemainderExpired, 4, 0.4m));
            }
            else
            {
                Rig.Append(Streams.Portfolio(1), 102, new OrderEnded(Symbol, 1, id, OrderStatus.Rejected, Reason.NeverReachedMarket, 1));
            }

            await Rig.FlushAndFollow();
        }

        OrderRow order = (await Model.OrderAsync(1, id))!;
        Assert.Equal(
            (OrderStatus.Expired, Reason.RemainderExpired, 0.004m, 0.4m, 102L),
            (order.Status, order.Reason, order.FilledQuantity, order.FilledQuote, order.UpdatedAtMs));
    }

    [Fact]
    public async Task An_account_that_starts_over_is_open_work_until_it_has()
    {
        Rig.Append(Streams.Portfolio(7), 100, new ResetStarted("r-1"));
        await Rig.FlushAndFollow();
        Assert.Equal([7], await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(7), 101, new ResetFinished("r-1"));
        await Rig.FlushAndFollow();
        Assert.Empty(await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(7), 102, new ResetStarted("r-2"));
        await Rig.FlushAndFollow();
        Assert.Equal([7], await Model.AccountsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task An_order_is_open_work_until_its_portfolio_knows_that_it_is_over()
    {
        long id = Place(account: 7, counter: 1, at: 100, side: Side.Buy, quantity: 1);
        await Rig.FlushAndFollow();
        Assert.Equal([7], await Model.AccountsWithOpenOrdersAsync());

        Rig.Append(Streams.Symbol(Symbol), 101, new OrderDone(id, 7, OrderStatus.Filled, Reason.None, 5, 0.5m));
        await Rig.FlushAndFollow();
        Assert.Equal([7], await Model.AccountsWithOpenOrdersAsync());
        Assert.Equal([Symbol], await Model.SymbolsWithOpenOrdersAsync());

        Rig.Append(Streams.Portfolio(7), 102, new OrderEnded(Symbol, 1, id, OrderStatus.Filled, Reason.None, 0));
        await Rig.FlushAndFollow();
        Assert.Empty(await Model.AccountsWithOpenOrdersAsync());
        Assert.Empty(await Model.SymbolsWithOpenOrdersAsync());
    }

    [Fact]
    public async Task Orders_are_paged_from_the_newest_back_without_those_of_others()
    {
        for (int counter = 1; counter <= 7; counter++)
        {
            Place(account: 2, counter, at: counter, side: Side.Buy, quantity: 1, symbol: counter % 2 == 0 ? "ETH_USDT" : Symbol);
        }

        Place(account: 1, counter: 1, at: 1, side: Side.Buy, quantity: 1);
        Place(account: 3, counter: 1, at: 1, side: Side.Buy, quantity: 1);
        await Rig.FlushAndFollow();

        IReadOnlyList<OrderRow> first = await Model.OrdersAsync(2, null, long.MaxValue, 3);
        IReadOnlyList<OrderRow> second = await Model.OrdersAsync(2, null, first[^1].OrderId, 100);
        Assert.Equal(["c7", "c6", "c5"], first.Select(order => order.ClientOrderId));
        Assert.Equal(["c4", "c3", "c2", "c1"], second.Select(order => order.ClientOrderId));
        Assert.Equal(["c6", "c4", "c2"], (await Model.OrdersAsync(2, "ETH_USDT", long.MaxValue, 10)).Select(order => order.ClientOrderId));
        Assert.Equal(["c3", "c5"], (await Model.OrdersFromAsync(2, Symbol, Id(2, 2), 2)).Select(order => order.ClientOrderId));
        Assert.Empty(await Model.OrdersAsync(2, "NO_SUCH", long.MaxValue, 10));
        Assert.Empty(await Model.OrdersAsync(4, null, long.MaxValue, 10));
    }

    [Fact]
    public async Task An_order_is_found_by_its_clients_id_and_only_by_its_owner()
    {
        long id = Place(account: 1, counter: 5, at: 1, side: Side.Sell, quantity: 1);
        await Rig.FlushAndFollow();
        Assert.Equal(id, (await Model.OrderAsync(1, "c5"))!.OrderId);
        Assert.Null(await Model.OrderAsync(2, "c5"));
        Assert.Null(await Model.OrderAsync(2, id));
        Assert.Null(await Model.OrderAsync(1, "c6"));
    }

    [Fact]
    public async Task Trades_are_public_by_symbol_and_own_by_account_and_order()
    {
        long buy = Place(1, 1, 1, Side.Buy, 1), sell = Place(2, 1, 1, Side.Sell, 1), otherBuy = Place(1, 2, 1, Side.Buy, 1);
        Rig.Append(Streams.Symbol(Symbol), 10, new Traded(100, Side.Buy, buy, 1, sell, 2, 10_000, 3, 0.003m, 0.3m));
        Rig.Append(Streams.Symbol(Symbol), 11, new Traded(101, Side.Sell, sell, 2, otherBuy, 1, 10_001, 4, 0.4m, 0.004m));
        Rig.Append(Streams.Symbol(Symbol), 12, new Traded(102, Side.Buy, buy, 1, 0, -1, 10_002, 5, 0.005m, 0));
        await Rig.FlushAndFollow();

        Assert.Equal([102, 101, 100], (await Model.TradesAsync(Symbol, long.MaxValue, 10)).Select(trade => trade.TradeId));
        Assert.Equal([100], (await Model.TradesAsync(Symbol, 101, 10)).Select(trade => trade.TradeId));
        Assert.Equal(
            [new TradeRow(Symbol, 101, 100.01m, 0.004m, Side.Sell, sell, 2, otherBuy, 1, 0.4m, 0.004m, 11)],
            await Model.TradesFromAsync(Symbol, 101, 1));

        Assert.Equal(
            [
                new OwnTradeRow(Symbol, 102, buy, Side.Buy, false, 100.02m, 0.005m, 0.005m, "BTC", 12),
                new OwnTradeRow(Symbol, 101, otherBuy, Side.Buy, true, 100.01m, 0.004m, 0.004m, "BTC", 11),
                new OwnTradeRow(Symbol, 100, buy, Side.Buy, false, 100.00m, 0.003m, 0.003m, "BTC", 10),
            ],
            await Model.AccountTradesAsync(1, Symbol, null, long.MaxValue, 10));
        Assert.Equal(
            [new OwnTradeRow(Symbol, 100, sell, Side.Sell, true, 100.00m, 0.003m, 0.3m, "USDT", 10)],
            await Model.AccountTradesFromAsync(2, Symbol, null, 0, 1));
        Assert.Equal([100, 102], (await Model.AccountTradesFromAsync(1, Symbol, buy, 0, 10)).Select(trade => trade.TradeId));
        Assert.Empty(await Model.AccountTradesAsync(-1, Symbol, null, long.MaxValue, 10));
    }

    [Fact]
    public async Task Somebody_who_trades_with_himself_sees_both_sides()
    {
        Rig.Append(Streams.Symbol(Symbol), 10, new Traded(100, Side.Buy, Id(1, 1), 1, Id(1, 2), 1, 10_000, 3, 0.003m, 0.3m));
        await Rig.FlushAndFollow();
        Assert.Equal(
            [(Side.Sell, true, "USDT"), (Side.Buy, false, "BTC")],
            (await Model.AccountTradesAsync(1, Symbol, null, long.MaxValue, 10)).Select(trade => (trade.Side, trade.IsMaker, trade.FeeAsset)));
    }

    [Fact]
    public async Task Minutes_add_up_to_the_candles_of_every_interval()
    {
        long open = Ms("2024-02-29T23:58:00Z");
        Minute(open, 10_000, 10_500, 9_900, 10_100, lots: 1_000, quote: 100);
        Minute(open + 60_000, 10_100, 10_200, 9_000, 9_500, lots: 2_000, quote: 190);
        await Rig.FlushAndFollow();
        Minute(open + 120_000, 9_500, 11_000, 9_400, 10_900, lots: 500, quote: 50);
        await Rig.FlushAndFollow();

        Assert.Equal(3, (await Candles("1m")).Count);
        var wholeDay = new CandleRow(Ms("2024-02-29T00:00:00Z"), Ms("2024-03-01T00:00:00Z") - 1, 100, 105, 90, 95, 3, 290, 4);
        var nextDay = new CandleRow(Ms("2024-03-01T00:00:00Z"), Ms("2024-03-02T00:00:00Z") - 1, 95, 110, 94, 109, 0.5m, 50, 2);
        Assert.Equal([wholeDay, nextDay], await Candles("1d"));
        Assert.Equal(
            [
                wholeDay with { OpenTimeMs = Ms("2024-02-01T00:00:00Z"), CloseTimeMs = Ms("2024-03-01T00:00:00Z") - 1 },
                nextDay with { OpenTimeMs = Ms("2024-03-01T00:00:00Z"), CloseTimeMs = Ms("2024-04-01T00:00:00Z") - 1 },
            ],
            await Candles("1M"));
        Assert.Equal(
            [new CandleRow(Ms("2024-02-26T00:00:00Z"), Ms("2024-03-04T00:00:00Z") - 1, 100, 110, 90, 109, 3.5m, 340, 6)],
            await Candles("1w"));
        foreach (CandleInterval interval in CandleInterval.All.Skip(1))
        {
            Assert.Equal(3.5m, (await Candles(interval.Name)).Sum(candle => candle.Volume));
        }
    }

    [Fact]
    public async Task Candles_are_read_forward_from_a_start_or_back_from_an_end()
    {
        long open = Ms("2024-01-01T00:00:00Z");
        for (int minute = 0; minute < 10; minute++)
        {
            Minute(open + (minute * 60_000), 1, 1, 1, 1, 1, 1);
        }

        await Rig.FlushAndFollow();
        Assert.Equal(new long[] { 0, 1, 2 }, await Minutes(open, null, 3));
        Assert.Equal(new long[] { 7, 8, 9 }, await Minutes(null, null, 3));
        Assert.Equal(new long[] { 3, 4 }, await Minutes(null, open + (4 * 60_000), 2));
        Assert.Equal(new long[] { 4, 5 }, await Minutes(open + (4 * 60_000), open + (5 * 60_000), 100));

        async Task<long[]> Minutes(long? from, long? to, int limit) =>
            [.. (await Model.CandlesAsync(Symbol, CandleInterval.OneMinute, from, to, limit)).Select(candle => (candle.OpenTimeMs - open) / 60_000)];
    }

    [Fact]
    public async Task Users_markets_and_deposits_are_listed()
    {
        Rig.Append(Streams.Portfolio(1), 5, new AccountOpened(1, "a@example.org"));
        Rig.Append(Streams.Portfolio(2), 6, new AccountOpened(2, "b@example.org"));
        Rig.Append(Streams.Portfolio(1), 7, new FundsDeposited("first", "USDT", 10.50m));
        Rig.Append(Streams.Portfolio(1), 8, new FundsDeposited("second", "BTC", 1));
        Rig.Append(Streams.Markets, 9, new MarketStatusChanged("ETH_USDT", MarketStatus.Halted));
        await Rig.FlushAndFollow();

        Assert.Equal(new UserRow(2, "b@example.org", 6), await Model.UserAsync("b@example.org"));
        Assert.Equal(new UserRow(1, "a@example.org", 5), await Model.UserAsync(1));
        Assert.Null(await Model.UserAsync("c@example.org"));
        Assert.Equal([2], (await Model.UsersAsync(1, 10)).Select(user => user.Account));
        IReadOnlyList<DepositRow> deposits = await Model.DepositsAsync(1, long.MaxValue, 10);
        Assert.Equal(
            [("second", "BTC", 1m, 8L), ("first", "USDT", 10.50m, 7L)], deposits.Select(row => (row.DepositId, row.Asset, row.Amount, row.AtMs)));
        Assert.Equal(["first"], (await Model.DepositsAsync(1, deposits[0].Position, 10)).Select(row => row.DepositId));
        Assert.Equal([History.Btc, History.Eth with { Status = MarketStatus.Halted }], await Model.MarketsAsync());
    }

    private static long Id(long account, long counter) => History.OrderId(account, counter);

    private static long Ms(string at) => DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<CandleRow>> Candles(string interval) =>
        CandleInterval.TryParse(interval, out CandleInterval parsed) ? await Model.CandlesAsync(Symbol, parsed, null, null, 1_000) : [];

    private long Place(long account, long counter, long at, Side side, decimal quantity, string symbol = Symbol)
    {
        Rig.Append(Streams.Portfolio(account), at, new OrderPlaced(
            Id(account, counter), $"c{counter}", symbol, side, OrderType.Limit, TimeInForce.GoodTillCancelled, 100.50m, quantity, 0, 0,
            SelfTradePrevention.ExpireTaker, "USDT", 1));
        return Id(account, counter);
    }

    private void Accept(long id, long account, long at, long lots) => Rig.Append(Streams.Symbol(Symbol), at, new OrderAccepted(
        id, account, "c1", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 10_050, lots, 0, lots, SelfTradePrevention.ExpireTaker));

    private void Minute(long open, long first, long high, long low, long last, long lots, decimal quote) => Rig.Append(
        Streams.Symbol(Symbol), open + 60_000, new CandleClosed(open, first, high, low, last, lots, quote, 2));
}
