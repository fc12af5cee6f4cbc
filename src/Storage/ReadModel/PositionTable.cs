using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>Positions that the current batch touches, however often, are read at most once and written once.</summary>
internal sealed class PositionTable(StatementCache session)
{
    private const int KeptMax = 200_000;

    public const string Columns =
        "id, account, market, client_id, side, leverage, opened_ms, lots, entry_notional, margin_put, maintenance_bps, stop_loss, take_profit, "
            + "lots_left, notional_left, margin_left, liquidation, state, cause, level, reached, exit_notional, profit, fees, funding, payout, "
            + "closed_ms, settled, entry_fee";

    private readonly Dictionary<long, FollowedPosition> _known = [];
    private readonly List<FollowedPosition> _changed = [];
    private readonly ISqlStatement _find = session[$"SELECT {Columns} FROM positions WHERE id = $1"];
    private readonly ISqlStatement _write = session[
        $"""
        INSERT INTO positions ({Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,
            $28, $29)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, market = excluded.market, client_id = excluded.client_id,
            side = excluded.side, leverage = excluded.leverage, opened_ms = excluded.opened_ms, lots = excluded.lots,
            entry_notional = excluded.entry_notional, margin_put = excluded.margin_put, maintenance_bps = excluded.maintenance_bps,
            stop_loss = excluded.stop_loss, take_profit = excluded.take_profit, lots_left = excluded.lots_left,
            notional_left = excluded.notional_left, margin_left = excluded.margin_left, liquidation = excluded.liquidation,
            state = excluded.state, cause = excluded.cause, level = excluded.level, reached = excluded.reached,
            exit_notional = excluded.exit_notional, profit = excluded.profit, fees = excluded.fees, funding = excluded.funding,
            payout = excluded.payout, closed_ms = excluded.closed_ms, settled = excluded.settled,
            entry_fee = excluded.entry_fee
        """];

    public void Apply(Market market, DomainEvent happened, long atMs)
    {
        switch (happened)
        {
            case PositionOpened e: Change(e.PositionId, e.Account, market).Apply(market, e, atMs); break;
            case PositionChanged e: Change(e.PositionId, e.Account, market).Apply(market, e); break;
            case MarginAdded e: Change(e.PositionId, e.Account, market).Apply(market, e); break;
            case FundingPaid e: Change(e.PositionId, e.Account, market).Apply(market, e); break;
            case PositionClosing e: Change(e.PositionId, e.Account, market).Apply(market, e); break;
            case PositionReduced e: Change(e.PositionId, e.Account, market).Apply(market, e); break;
            case PositionClosed e: Change(e.PositionId, e.Account, market).Apply(e, atMs); break;
        }
    }

    public void Settled(long id, long account, Market market) => Change(id, account, market).IsSettled = true;

    public void Write()
    {
        foreach (FollowedPosition position in _changed)
        {
            Write(position);
            position.IsChanged = false;
            if (position.State == PositionState.Closed && position.IsSettled)
            {
                _known.Remove(position.Id);
            }
        }

        _changed.Clear();
        if (_known.Count > KeptMax)
        {
            _known.Clear();
        }
    }

    private FollowedPosition Change(long id, long account, Market market)
    {
        if (!_known.TryGetValue(id, out FollowedPosition? position))
        {
            position = Load(id) ?? new FollowedPosition { Id = id };
            _known.Add(id, position);
        }

        position.Account = account;
        position.Market = market.Number;
        if (!position.IsChanged)
        {
            position.IsChanged = true;
            _changed.Add(position);
        }

        return position;
    }

    private FollowedPosition? Load(long id)
    {
        if (!_find.Bind(1, id).Read())
        {
            return null;
        }

        var position = new FollowedPosition
        {
            Id = id,
            ClientPositionId = _find.Text(3),
            Side = (PositionSide)_find.Int64(4),
            LeverageTenths = _find.Int32(5),
            OpenedMs = _find.Int64(6),
            Lots = _find.Int64(7),
            EntryNotional = _find.Decimal(8),
            MarginPut = _find.Decimal(9),
            MaintenanceBps = _find.Int32(10),
            StopLoss = _find.Decimal(11),
            TakeProfit = _find.Decimal(12),
            LotsLeft = _find.Int64(13),
            NotionalLeft = _find.Decimal(14),
            MarginLeft = _find.Decimal(15),
            LiquidationPrice = _find.Decimal(16),
            State = (PositionState)_find.Int64(17),
            Cause = (CloseCause)_find.Int64(18),
            LevelPrice = _find.Decimal(19),
            ReachedPrice = _find.Decimal(20),
            ExitNotional = _find.Decimal(21),
            Profit = _find.Decimal(22),
            Fees = _find.Decimal(23),
            Funding = _find.Decimal(24),
            Payout = _find.Decimal(25),
            ClosedMs = _find.Int64(26),
            IsSettled = _find.Int64(27) != 0,
            EntryFee = _find.Decimal(28),
        };
        _find.Reset();
        return position;
    }

    private void Write(FollowedPosition position) => _write.Bind(1, position.Id).Bind(2, position.Account).Bind(3, position.Market)
        .Bind(4, position.ClientPositionId).Bind(5, (long)position.Side).Bind(6, position.LeverageTenths).Bind(7, position.OpenedMs)
        .Bind(8, position.Lots).Bind(9, position.EntryNotional).Bind(10, position.MarginPut).Bind(11, position.MaintenanceBps)
        .Bind(12, position.StopLoss).Bind(13, position.TakeProfit).Bind(14, position.LotsLeft).Bind(15, position.NotionalLeft)
        .Bind(16, position.MarginLeft).Bind(17, position.LiquidationPrice).Bind(18, (long)position.State).Bind(19, (long)position.Cause)
        .Bind(20, position.LevelPrice).Bind(21, position.ReachedPrice).Bind(22, position.ExitNotional).Bind(23, position.Profit)
        .Bind(24, position.Fees).Bind(25, position.Funding).Bind(26, position.Payout).Bind(27, position.ClosedMs)
        .Bind(28, position.IsSettled ? 1 : 0).Bind(29, position.EntryFee).Run();
}
