using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>Orders that the current batch touches, however often, are read at most once and written once.</summary>
internal sealed class OrderTable(StatementCache session)
{
    private const int KeptMax = 50_000;

    public const string Columns =
        "id, account, market, client_id, side, type, time_in_force, price, quantity, quote_amount, iceberg_quantity, self_trade, placed_ms, "
            + "status, reason, filled, filled_quote, updated_ms, decided, ended, stop_price, trailing_bps, pair_id, client_list_id, triggered_ms";

    private readonly Dictionary<long, OrderState> _known = [];
    private readonly Dictionary<long, long> _newest = [];
    private readonly List<OrderState> _changed = [];

    private readonly ISqlStatement _newestOf = session["SELECT MAX(id) FROM orders WHERE id > $1 AND id < $2"];
    private readonly ISqlStatement _find = session[$"SELECT {Columns} FROM orders WHERE id = $1"];
    private readonly ISqlStatement _write = session[
        $"""
        INSERT INTO orders ({Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, market = excluded.market, client_id = excluded.client_id,
            side = excluded.side, type = excluded.type, time_in_force = excluded.time_in_force, price = excluded.price,
            quantity = excluded.quantity, quote_amount = excluded.quote_amount, iceberg_quantity = excluded.iceberg_quantity,
            self_trade = excluded.self_trade, placed_ms = excluded.placed_ms, status = excluded.status, reason = excluded.reason,
            filled = excluded.filled, filled_quote = excluded.filled_quote, updated_ms = excluded.updated_ms, decided = excluded.decided,
            ended = excluded.ended, stop_price = excluded.stop_price, trailing_bps = excluded.trailing_bps, pair_id = excluded.pair_id,
            client_list_id = excluded.client_list_id, triggered_ms = excluded.triggered_ms
        """];

    private readonly ISqlStatement _update = session[
        "UPDATE orders SET status = $1, reason = $2, filled = $3, filled_quote = $4, updated_ms = $5, decided = $6, ended = $7, triggered_ms = $8 "
            + "WHERE id = $9"];

    /// <summary>Below an account's first order, and above the last of the account before it.</summary>
    public static long FirstId(long account) => account << 32;

    /// <summary>The order as it is so far, about to be changed.</summary>
    public OrderState Change(long id, long account, int market)
    {
        if (!_known.TryGetValue(id, out OrderState? order))
        {
            order = (IsNew(id, account) ? null : Load(id)) ?? new OrderState { Id = id };
            _known.Add(id, order);
        }

        order.Account = account;
        order.Market = market;
        if (!order.IsChanged)
        {
            order.IsChanged = true;
            _changed.Add(order);
        }

        return order;
    }

    public void Write()
    {
        foreach (OrderState order in _changed)
        {
            if (order.IsStored && !order.IsNewlyDescribed)
            {
                Update(order);
            }
            else
            {
                WriteWhole(order);
            }

            order.IsStored = true;
            order.IsChanged = false;
            order.IsNewlyDescribed = false;
            if (order.IsDecided && order.IsEnded)
            {
                // Nothing is to be expected of it any more: only what is open is worth keeping at hand.
                _known.Remove(order.Id);
            }
        }

        _changed.Clear();
        if (_known.Count > KeptMax || _newest.Count > KeptMax)
        {
            _known.Clear();
            _newest.Clear();
        }
    }

    /// <summary>Most orders are seen for the first time, which an account's ascending ids tell without looking for each.</summary>
    private bool IsNew(long id, long account)
    {
        if (!_newest.TryGetValue(account, out long newest))
        {
            _newestOf.Bind(1, FirstId(account)).Bind(2, FirstId(account + 1)).Read();
            newest = _newestOf.IsNull(0) ? 0 : _newestOf.Int64(0);
            _newestOf.Reset();
        }

        _newest[account] = Math.Max(newest, id);
        return id > newest;
    }

    private OrderState? Load(long id)
    {
        if (!_find.Bind(1, id).Read())
        {
            return null;
        }

        var order = new OrderState
        {
            Id = id,
            ClientOrderId = _find.Text(3),
            Side = (Side)_find.Int64(4),
            Type = (OrderType)_find.Int64(5),
            TimeInForce = (TimeInForce)_find.Int64(6),
            Price = _find.Decimal(7),
            Quantity = _find.Decimal(8),
            QuoteAmount = _find.Decimal(9),
            IcebergQuantity = _find.Decimal(10),
            SelfTrade = (SelfTradePrevention)_find.Int64(11),
            PlacedMs = _find.Int64(12),
            Status = (OrderStatus)_find.Int64(13),
            Reason = (Reason)_find.Int64(14),
            Filled = _find.Decimal(15),
            FilledQuote = _find.Decimal(16),
            UpdatedMs = _find.Int64(17),
            IsDecided = _find.Int64(18) != 0,
            IsEnded = _find.Int64(19) != 0,
            StopPrice = _find.Decimal(20),
            TrailingBps = (int)_find.Int64(21),
            PairId = _find.Int64(22),
            ClientListId = _find.Text(23),
            TriggeredMs = _find.Int64(24),
            IsStored = true,
        };
        _find.Reset();
        return order;
    }

    private void Update(OrderState order) => _update.Bind(1, (long)order.Status).Bind(2, (long)order.Reason).Bind(3, order.Filled)
        .Bind(4, order.FilledQuote).Bind(5, order.UpdatedMs).Bind(6, order.IsDecided ? 1 : 0)
        .Bind(7, order.IsEnded ? 1 : 0).Bind(8, order.TriggeredMs).Bind(9, order.Id).Add();

    private void WriteWhole(OrderState order) => _write.Bind(1, order.Id).Bind(2, order.Account).Bind(3, order.Market)
        .Bind(4, order.ClientOrderId).Bind(5, (long)order.Side).Bind(6, (long)order.Type).Bind(7, (long)order.TimeInForce)
        .Bind(8, order.Price).Bind(9, order.Quantity).Bind(10, order.QuoteAmount).Bind(11, order.IcebergQuantity)
        .Bind(12, (long)order.SelfTrade).Bind(13, order.PlacedMs).Bind(14, (long)order.Status).Bind(15, (long)order.Reason)
        .Bind(16, order.Filled).Bind(17, order.FilledQuote).Bind(18, order.UpdatedMs).Bind(19, order.IsDecided ? 1 : 0)
        .Bind(20, order.IsEnded ? 1 : 0).Bind(21, order.StopPrice).Bind(22, order.TrailingBps).Bind(23, order.PairId)
        .Bind(24, order.ClientListId).Bind(25, order.TriggeredMs).Add();
}
