using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Settlement;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>Applies events to the tables within one transaction at a time. After a failure it is thrown away.</summary>
internal sealed class Projection(StatementCache session, JournalReads journal) : IDisposable
{
    private readonly ProgressTable _progress = new(session);
    private readonly MarketTable _markets = new(session);
    private readonly OrderTable _orders = new(session);
    private readonly CandleTable _candles = new(session);
    private readonly PositionTable _positions = new(session);
    private readonly UnfinishedTable _unfinished = new(session);
    private readonly EntryTable _entries = new(session);

    private readonly ISqlStatement _user = session["INSERT INTO users (account, email, opened_ms) VALUES ($1, $2, $3)"];
    private readonly ISqlStatement _deposit = session[
        "INSERT INTO deposits (account, position, deposit_id, asset, amount, at_ms) VALUES ($1, $2, $3, $4, $5, $6)"];

    private readonly ISqlStatement _resetStarted = session[
        "INSERT INTO resets (account, started_ms, finished_ms) VALUES ($1, $2, 0) ON CONFLICT (account) DO UPDATE SET started_ms = "
            + "excluded.started_ms, finished_ms = 0"];

    private readonly ISqlStatement _resetFinished = session["UPDATE resets SET finished_ms = $1 WHERE account = $2"];

    private readonly ISqlStatement _trade = session[
        """
        INSERT INTO trades (market, id, price, quantity, taker_side, taker_order, taker_account, maker_order, maker_account,
            taker_fee, maker_fee, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """];

    private readonly ISqlStatement _accountTrade = session[
        "INSERT INTO account_trades (account, market, trade, order_id) VALUES ($1, $2, $3, $4)"];

    private bool _isOpen;

    public StreamProgress ProgressOf(string stream) => _progress.Of(stream);

    /// <summary>The stream's next record.</summary>
    public void Apply(StreamProgress stream, ReadOnlySpan<byte> payload)
    {
        Open();
        if (stream.Kind != StreamKind.Other)
        {
            EventBatch batch = EventCodec.Decode(payload);
            for (int index = 0; index < batch.Events.Count; index++)
            {
                Apply(stream, batch.Events[index], index, batch.AtMs);
            }
        }

        _progress.Advance(stream);
    }

    public void Commit()
    {
        if (_isOpen)
        {
            _orders.Write();
            _candles.Write();
            _positions.Write();
            _unfinished.Write();
            _progress.Write();
            session.Session.Commit();
            _isOpen = false;
        }
    }

    public void Open()
    {
        if (!_isOpen)
        {
            session.Session.Begin();
            _isOpen = true;
        }
    }

    public void Dispose()
    {
        session.Session.Rollback();
    }

    private void Apply(StreamProgress stream, DomainEvent happened, int index, long atMs)
    {
        switch (stream.Kind)
        {
            case StreamKind.Markets:
                ApplyToMarkets(happened);
                break;
            case StreamKind.Symbol:
                ApplyToSymbol(MarketOf(stream.Symbol), happened, atMs);
                break;
            case StreamKind.Portfolio:
                ApplyToPortfolio(stream, happened, index, atMs);
                break;
        }
    }

    private void ApplyToMarkets(DomainEvent happened)
    {
        switch (happened)
        {
            case MarketListed listed:
                _markets.Write(listed.Market);
                break;
            case MarketStatusChanged changed when _markets.TryGet(changed.Symbol, out Market? market):
                _markets.Write(market with { Status = changed.Status });
                break;
        }
    }

    private void ApplyToSymbol(Market market, DomainEvent happened, long atMs)
    {
        switch (happened)
        {
            case OrderAccepted accepted:
                _orders.Change(accepted.OrderId, accepted.Account, market.Number).Touch(atMs);
                break;
            case Traded traded:
                Trade(market, traded, atMs);
                break;
            case OrderDone done:
                OrderState order = _orders.Change(done.OrderId, done.Account, market.Number);
                order.IsDecided = true;
                order.Status = done.Status;
                order.Reason = done.Reason;
                order.Filled = market.QuantityOf(done.FilledLots);
                order.FilledQuote = done.FilledQuote;
                order.Touch(atMs);
                break;
            case CandleClosed candle:
                _candles.Add(market, candle);
                break;
            default:
                _positions.Apply(market, happened, atMs);
                break;
        }
    }

    private void Trade(Market market, Traded traded, long atMs)
    {
        decimal price = market.PriceOf(traded.PriceTicks);
        decimal quantity = market.QuantityOf(traded.Lots);
        _trade.Bind(1, market.Number).Bind(2, traded.TradeId).Bind(3, price).Bind(4, quantity).Bind(5, (long)traded.TakerSide)
            .Bind(6, traded.TakerOrderId).Bind(7, traded.TakerAccount).Bind(8, traded.MakerOrderId).Bind(9, traded.MakerAccount)
            .Bind(10, traded.TakerFee).Bind(11, traded.MakerFee).Bind(12, atMs).Add();
        decimal quote = market.NotionalOf(traded.PriceTicks, traded.Lots);
        Fill(market, traded.TradeId, traded.TakerOrderId, traded.TakerAccount, quantity, quote, atMs);
        Fill(market, traded.TradeId, traded.MakerOrderId, traded.MakerAccount, quantity, quote, atMs);
    }

    private void Fill(Market market, long trade, long orderId, long account, decimal quantity, decimal quote, long atMs)
    {
        if (orderId != 0)
        {
            _orders.Change(orderId, account, market.Number).Fill(quantity, quote, atMs);
            _accountTrade.Bind(1, account).Bind(2, market.Number).Bind(3, trade).Bind(4, orderId).Add();
        }
    }

    private void ApplyToPortfolio(StreamProgress stream, DomainEvent happened, int index, long atMs)
    {
        _unfinished.Apply(stream.Account, happened);
        switch (happened)
        {
            case AccountOpened opened:
                _user.Bind(1, opened.Account).Bind(2, opened.Email).Bind(3, atMs).Add();
                break;
            case FundsDeposited deposited:
                _deposit.Bind(1, stream.Account).Bind(2, (stream.Sequence << 16) | (uint)index).Bind(3, deposited.DepositId)
                    .Bind(4, deposited.Asset).Bind(5, deposited.Amount).Bind(6, atMs).Add();
                break;
            case BalanceAdjusted adjusted:
                _deposit.Bind(1, stream.Account).Bind(2, (stream.Sequence << 16) | (uint)index).Bind(3, adjusted.AdjustmentId)
                    .Bind(4, adjusted.Asset).Bind(5, adjusted.Amount).Bind(6, atMs).Add();
                break;
            case ResetStarted:
                _resetStarted.Bind(1, stream.Account).Bind(2, atMs).Run();
                break;
            case ResetFinished:
                _resetFinished.Bind(1, atMs).Bind(2, stream.Account).Run();
                break;
            case OrderPlaced placed:
                Describe(_orders.Change(placed.OrderId, stream.Account, MarketOf(placed.Symbol).Number), placed, atMs);
                break;
            case PositionRequested { Waits: true } requested:
                _entries.Add(stream.Account, requested, MarketOf(requested.Symbol), atMs);
                break;
            case PositionSettled { Kind: PositionMoveKind.Opened } opened:
                _entries.End(opened.PositionId);
                break;
            case EntryDecided decided:
                _entries.Decide(decided, atMs);
                break;
            case PositionSettled { Kind: PositionMoveKind.Closed } closed:
                _positions.Settled(closed.PositionId, stream.Account, MarketOf(closed.Symbol));
                break;
            case OrderTriggered triggered:
                OrderState working = _orders.Change(triggered.OrderId, stream.Account, MarketOf(triggered.Symbol).Number);
                working.TriggeredMs = atMs;
                working.Touch(atMs);
                break;
            case OrderEnded ended:
                _entries.End(ended.OrderId);
                OrderState order = _orders.Change(ended.OrderId, stream.Account, MarketOf(ended.Symbol).Number);
                order.IsEnded = true;
                order.Touch(atMs);
                if (!order.IsDecided)
                {
                    order.Status = ended.Status;
                    order.Reason = ended.Reason;
                }

                break;
        }
    }

    private static void Describe(OrderState order, OrderPlaced placed, long atMs)
    {
        order.ClientOrderId = placed.ClientOrderId;
        order.Side = placed.Side;
        order.Type = placed.Type;
        order.TimeInForce = placed.TimeInForce;
        order.Price = placed.Price;
        order.Quantity = placed.Quantity;
        order.QuoteAmount = placed.QuoteAmount;
        order.IcebergQuantity = placed.IcebergQuantity;
        order.StopPrice = placed.StopPrice;
        order.TrailingBps = placed.TrailingBps;
        order.PairId = placed.PairId;
        order.ClientListId = placed.ClientListId;
        order.SelfTrade = placed.SelfTrade;
        order.PlacedMs = atMs;
        order.IsNewlyDescribed = true;
        order.Touch(atMs);
    }

    /// <summary>A stream may be followed ahead of the one that lists its market, so that one is read first where it is missing.</summary>
    private Market MarketOf(string symbol)
    {
        if (!_markets.TryGet(symbol, out Market? market))
        {
            StreamProgress listing = _progress.Of(Streams.Markets);
            foreach (JournalRecord record in journal.Next(Streams.Markets, listing.Sequence))
            {
                Apply(listing, record.Payload.Span);
            }

            if (!_markets.TryGet(symbol, out market))
            {
                throw new StorageException(StorageFailure.Damaged, $"The journal names '{symbol}', which it never listed.");
            }
        }

        return market;
    }
}
