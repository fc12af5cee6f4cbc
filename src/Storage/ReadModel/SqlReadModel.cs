using Exchange.Domain;
using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

internal sealed partial class SqlReadModel(ReaderPool<StatementCache> readers, FollowerPump follower) : IReadModel
{
    private const string OwnTrades =
        """
        SELECT a.trade, a.order_id, t.taker_side, t.maker_order, t.price, t.quantity, t.taker_fee, t.maker_fee, t.at_ms, t.taker_order
        FROM account_trades a JOIN trades t ON t.market = a.market AND t.id = a.trade
        WHERE a.account = $1 AND a.market = $2 AND a.order_id BETWEEN $3 AND $4 AND a.trade
        """;

    private const string AccountsWithWork = """
        SELECT account FROM orders WHERE ended = 0
        UNION SELECT account FROM resets WHERE finished_ms = 0
        UNION SELECT account FROM position_requests
        UNION SELECT account FROM announcements WHERE told < made
        """;

    private const string Trades =
        "SELECT id, price, quantity, taker_side, taker_order, taker_account, maker_order, maker_account, taker_fee, maker_fee, at_ms FROM trades "
            + "WHERE market = $1 AND id";

    private static readonly string Orders =
        $"SELECT o.{OrderTable.Columns.Replace(", ", ", o.", StringComparison.Ordinal)}, m.symbol FROM orders o JOIN markets m ON m.number = "
            + "o.market WHERE o.placed_ms > 0 AND";

    public TimeSpan Lag => follower.Lag;

    public Task CatchUpAsync(CancellationToken cancellation) => follower.Request(rebuild: false, cancellation);

    public Task RebuildAsync(CancellationToken cancellation) => follower.Request(rebuild: true, cancellation);

    public Task<IReadOnlyList<Market>> MarketsAsync(CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<Market>>(MarketTable.ReadAll, cancellation);

    public Task<UserRow?> UserAsync(long account, CancellationToken cancellation) => readers.Run(
        reader => List(reader["SELECT account, email, opened_ms FROM users WHERE account = $1"].Bind(1, account), User).FirstOrDefault(),
        cancellation);

    public Task<UserRow?> UserAsync(string email, CancellationToken cancellation) => readers.Run(
        reader => List(reader["SELECT account, email, opened_ms FROM users WHERE email = $1"].Bind(1, email), User).FirstOrDefault(),
        cancellation);

    public Task<IReadOnlyList<UserRow>> UsersAsync(long afterAccount, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<UserRow>>(
            reader => List(
                reader["SELECT account, email, opened_ms FROM users WHERE account > $1 ORDER BY account LIMIT $2"]
                    .Bind(1, afterAccount).Bind(2, Paging.Cap(limit)),
                User),
            cancellation);

    public Task<IReadOnlyList<OrderRow>> OrdersAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<OrderRow>>(
            reader =>
            {
                if (symbol is null)
                {
                    return List(
                        reader[$"{Orders} o.id > $1 AND o.id < $2 ORDER BY o.id DESC LIMIT $3"]
                            .Bind(1, OrderTable.FirstId(account))
                            .Bind(2, Math.Min(beforeId, OrderTable.FirstId(account + 1)))
                            .Bind(3, Paging.Cap(limit)),
                        Order);
                }

                return Number(reader, symbol) is not { } market ? [] : List(
                    reader[$"{Orders} o.market = $1 AND o.id > $2 AND o.id < $3 ORDER BY o.id DESC LIMIT $4"]
                        .Bind(1, market)
                        .Bind(2, OrderTable.FirstId(account))
                        .Bind(3, Math.Min(beforeId, OrderTable.FirstId(account + 1)))
                        .Bind(4, Paging.Cap(limit)),
                    Order);
            },
            cancellation);

    public Task<IReadOnlyList<OrderRow>> OrdersFromAsync(
        long account, string symbol, long fromId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<OrderRow>>(
            reader => Number(reader, symbol) is not { } market ? [] : List(
                reader[$"{Orders} o.market = $1 AND o.id >= $2 AND o.id < $3 ORDER BY o.id LIMIT $4"]
                    .Bind(1, market)
                    .Bind(2, Math.Max(fromId, OrderTable.FirstId(account)))
                    .Bind(3, OrderTable.FirstId(account + 1))
                    .Bind(4, Paging.Cap(limit)),
                Order),
            cancellation);

    public Task<OrderRow?> OrderAsync(long account, long orderId, CancellationToken cancellation) => readers.Run(
        reader => List(reader[$"{Orders} o.id = $1 AND o.account = $2"].Bind(1, orderId).Bind(2, account), Order).FirstOrDefault(),
        cancellation);

    public Task<OrderRow?> OrderAsync(long account, string clientOrderId, CancellationToken cancellation) => readers.Run(
        reader => List(
            reader[$"{Orders} o.account = $1 AND o.client_id = $2 ORDER BY o.id DESC LIMIT 1"].Bind(1, account).Bind(2, clientOrderId),
            Order).FirstOrDefault(),
        cancellation);

    public Task<IReadOnlyList<OrderRow>> PairAsync(long account, string clientListId, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<OrderRow>>(
            reader =>
            {
                var newest = List(
                    reader[$"{Orders} o.account = $1 AND o.client_list_id = $2 AND o.pair_id <> 0 ORDER BY o.id DESC LIMIT 2"]
                        .Bind(1, account).Bind(2, clientListId),
                    Order);
                return [.. newest.Where(order => order.ListId == newest[0].ListId).Reverse()];
            },
            cancellation);

    public Task<IReadOnlyList<OrderRow>> TriggeredOrdersAsync(long account, long beforeId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<OrderRow>>(
            reader => List(
                reader[$"{Orders} o.account = $1 AND o.triggered_ms > 0 AND o.id < $2 ORDER BY o.id DESC LIMIT $3"]
                    .Bind(1, account).Bind(2, beforeId).Bind(3, Paging.Cap(limit)),
                Order),
            cancellation);

    public Task<IReadOnlyList<string>> SymbolsWithOpenOrdersAsync(CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<string>>(
            reader => List(
                reader["SELECT m.symbol FROM markets m WHERE EXISTS (SELECT 1 FROM orders o WHERE o.market = m.number AND o.ended = 0) OR EXISTS "
                    + "(SELECT 1 FROM positions p WHERE p.market = m.number AND p.settled = 0) OR EXISTS (SELECT 1 FROM position_entries e WHERE "
                    + "e.market = m.number AND e.ended = 0)"],
                static row => row.Text(0)),
            cancellation);

    public Task<IReadOnlyList<long>> AccountsWithOpenOrdersAsync(CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<long>>(
            reader => List(reader[AccountsWithWork], static row => row.Int64(0)),
            cancellation);

    public Task<IReadOnlyList<TradeRow>> TradesAsync(string symbol, long beforeId, int limit, CancellationToken cancellation) =>
        TradesOf(symbol, $"{Trades} < $2 ORDER BY id DESC LIMIT $3", beforeId, limit, cancellation);

    public Task<IReadOnlyList<TradeRow>> TradesFromAsync(string symbol, long fromId, int limit, CancellationToken cancellation) =>
        TradesOf(symbol, $"{Trades} >= $2 ORDER BY id LIMIT $3", fromId, limit, cancellation);

    public Task<IReadOnlyList<OwnTradeRow>> AccountTradesAsync(
        long account, string symbol, long? orderId, long beforeId, int limit, CancellationToken cancellation) =>
        OwnTradesOf(account, symbol, orderId, $"{OwnTrades} < $5 ORDER BY a.trade DESC, a.order_id DESC LIMIT $6", beforeId, limit, cancellation);

    public Task<IReadOnlyList<OwnTradeRow>> AccountTradesFromAsync(
        long account, string symbol, long? orderId, long fromId, int limit, CancellationToken cancellation) =>
        OwnTradesOf(account, symbol, orderId, $"{OwnTrades} >= $5 ORDER BY a.trade, a.order_id LIMIT $6", fromId, limit, cancellation);

    public Task<IReadOnlyList<CandleRow>> CandlesAsync(
        string symbol, CandleInterval interval, long? fromMs, long? toMs, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<CandleRow>>(
            reader =>
            {
                if (Number(reader, symbol) is not { } market)
                {
                    return [];
                }

                string order = fromMs is null ? "DESC" : "ASC";
                List<CandleRow> candles = List(
                    reader["SELECT open_ms, open, high, low, close, volume, quote_volume, trades FROM candles WHERE market = $1 AND period = $2 "
                        + $"AND open_ms BETWEEN $3 AND $4 ORDER BY open_ms {order} LIMIT $5"]
                        .Bind(1, market)
                        .Bind(2, interval.Name)
                        .Bind(3, fromMs ?? long.MinValue)
                        .Bind(4, toMs ?? long.MaxValue)
                        .Bind(5, Paging.Cap(limit)),
                    row => Candle(row, interval));
                if (fromMs is null)
                {
                    candles.Reverse();
                }

                return candles;
            },
            cancellation);

    public Task<IReadOnlyList<DepositRow>> DepositsAsync(long account, long beforePosition, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<DepositRow>>(
            reader => List(
                reader["SELECT position, deposit_id, asset, amount, at_ms FROM deposits WHERE account = $1 AND position < $2 ORDER BY position "
                    + "DESC LIMIT $3"]
                    .Bind(1, account).Bind(2, beforePosition).Bind(3, Paging.Cap(limit)),
                row => new DepositRow(row.Int64(0), row.Text(1), row.Text(2), row.Decimal(3), row.Int64(4))),
            cancellation);

    private Task<IReadOnlyList<TradeRow>> TradesOf(string symbol, string sql, long id, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<TradeRow>>(
            reader => Number(reader, symbol) is not { } market ? [] : List(
                reader[sql].Bind(1, market).Bind(2, id).Bind(3, Paging.Cap(limit)),
                row => new TradeRow(
                    symbol, row.Int64(0), row.Decimal(1), row.Decimal(2), (Side)row.Int64(3), row.Int64(4), row.Int64(5),
                    row.Int64(6), row.Int64(7), row.Decimal(8), row.Decimal(9), row.Int64(10))),
            cancellation);

    private Task<IReadOnlyList<OwnTradeRow>> OwnTradesOf(
        long account, string symbol, long? orderId, string sql, long id, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<OwnTradeRow>>(
            reader =>
            {
                Market? market = MarketTable.ReadAll(reader).Find(each => each.Symbol == symbol);
                return market is null ? [] : List(
                    reader[sql].Bind(1, account).Bind(2, market.Number).Bind(3, orderId ?? long.MinValue).Bind(4, orderId ?? long.MaxValue)
                        .Bind(5, id).Bind(6, Paging.Cap(limit)),
                    row => OwnTrade(row, market));
            },
            cancellation);

    private static OwnTradeRow OwnTrade(ISqlStatement row, Market market)
    {
        long order = row.Int64(1);
        bool isMaker = order == row.Int64(3);
        Side takerSide = (Side)row.Int64(2);
        Side side = isMaker ? takerSide.Opposite() : takerSide;
        return new OwnTradeRow(
            market.Symbol,
            row.Int64(0),
            order,
            side,
            isMaker,
            row.Decimal(4),
            row.Decimal(5),
            row.Decimal(isMaker ? 7 : 6),
            side == Side.Buy ? market.Base : market.Quote,
            row.Int64(8));
    }

    private static OrderRow Order(ISqlStatement row) => new(
        row.Int64(0), row.Int64(1), row.Text(25), row.Text(3), (Side)row.Int64(4), (OrderType)row.Int64(5), (TimeInForce)row.Int64(6),
        row.Decimal(7), row.Decimal(8), row.Decimal(9), row.Decimal(10), (SelfTradePrevention)row.Int64(11), (OrderStatus)row.Int64(13),
        (Reason)row.Int64(14), row.Decimal(15), row.Decimal(16), row.Int64(12), row.Int64(17),
        row.Decimal(20), (int)row.Int64(21), row.Int64(22), row.Text(23), row.Int64(24));

    private static CandleRow Candle(ISqlStatement row, CandleInterval interval) => new(
        row.Int64(0), interval.NextOpenTimeMs(row.Int64(0)) - 1, row.Decimal(1), row.Decimal(2), row.Decimal(3), row.Decimal(4),
        row.Decimal(5), row.Decimal(6), row.Int64(7));

    private static UserRow User(ISqlStatement row) => new(row.Int64(0), row.Text(1), row.Int64(2));

    private static long? Number(StatementCache reader, string symbol)
    {
        ISqlStatement query = reader["SELECT number FROM markets WHERE symbol = $1"];
        if (!query.Bind(1, symbol).Read())
        {
            return null;
        }

        long number = query.Int64(0);
        query.Reset();
        return number;
    }

    private static List<T> List<T>(ISqlStatement query, Func<ISqlStatement, T> row)
    {
        var rows = new List<T>();
        while (query.Read())
        {
            rows.Add(row(query));
        }

        return rows;
    }
}
