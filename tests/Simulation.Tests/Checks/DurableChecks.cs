using System.Globalization;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Simulation.Tests.World;
using Exchange.Storage.Snapshots;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>
/// Follows everything that becomes durable and replays it the moment it does: an event that breaks a rule of a portfolio,
/// an order that is accepted twice or after it was declared dead, a snapshot that is not what the journal says, end the run.
/// </summary>
public sealed class DurableChecks
{
    private readonly SimStore _store;
    private readonly ClosureChecks _closures;
    private readonly Dictionary<string, SymbolState> _symbols = [];
    private readonly Dictionary<long, Portfolio> _portfolios = [];
    private readonly Dictionary<long, OrderTrail> _orders = [];
    private readonly Dictionary<long, long> _pairs = [];

    public DurableChecks(SimStore store, ClosureChecks closures)
    {
        (_store, _closures) = (store, closures);
        store.OnDurable = Follow;
        store.OnSnapshot = Compare;
    }

    public IReadOnlyDictionary<string, SymbolState> Symbols => _symbols;
    public IReadOnlyDictionary<long, Portfolio> Portfolios => _portfolios;
    public int Snapshots { get; private set; }

    /// <summary>Null in a run without operators.</summary>
    public OperatorPromises? Operators { get; init; }
    public int Fired { get; private set; }

    public OrderTrail? Trail(long orderId) => _orders.GetValueOrDefault(orderId);

    public bool HasReset(long account, ResetReply reply) =>
        _portfolios.TryGetValue(account, out var portfolio)
        && (reply.FinishedAtMs == 0 || portfolio.Resets.FinishedAtMs(reply.ResetId) == reply.FinishedAtMs);

    /// <summary>Every durable event that names this id, to tell the story of a failure.</summary>
    public string Mentions(long id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        return string.Join('\n', _store.Streams.SelectMany(
            stream => _store.Records(stream).Select((record, at) => (stream, at, batch: EventCodec.Decode(record))))
            .SelectMany(record => record.batch.Events.Select(happened => $"{record.batch.AtMs} {record.stream} {record.at + 1}: {happened}"))
            .Where(line => line.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>How many settlements are in flight.</summary>
    public long Audit()
    {
        var audit = new ConservationAudit(SimMarkets.All);
        foreach (var stream in _store.Streams)
        {
            var records = _store.Records(stream);
            for (var i = 0; i < records.Count; i++)
                audit.Feed(stream, i + 1, EventCodec.Decode(records[i]));
        }

        var report = audit.Report();
        Rule.Holds(report.IsClean, () => string.Join('\n', report.Problems));
        return report.InFlight;
    }

    private void Follow(string stream, long sequence, EventBatch batch)
    {
        if (stream.StartsWith(Streams.SymbolPrefix, StringComparison.Ordinal))
            FollowSymbol(stream[Streams.SymbolPrefix.Length..], sequence, batch);
        else if (stream.StartsWith(Streams.PortfolioPrefix, StringComparison.Ordinal))
            FollowPortfolio(long.Parse(stream[Streams.PortfolioPrefix.Length..], CultureInfo.InvariantCulture), batch);
    }

    private void FollowSymbol(string symbol, long sequence, EventBatch batch)
    {
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case OrderAccepted e:
                    Of(e.OrderId).Accept(e);
                    break;
                case Traded e:
                    Fill(e.TakerOrderId, e.Lots);
                    Fill(e.MakerOrderId, e.Lots);
                    Operators?.SeeTrade(symbol, batch);
                    break;
                case OrderDone e:
                    Of(e.OrderId).Finish(e);
                    break;
                case OrderTombstoned e:
                    Of(e.OrderId).Bury();
                    break;
                case ConditionalArmed e:
                    Of(e.OrderId).Arm(e);
                    break;
                case ConditionalFired e:
                    Of(e.OrderId).Fire();
                    Fired++;
                    break;
                case EntryArmed e:
                    Of(e.PositionId).Arm();
                    break;
                case EntryFired e:
                    Of(e.PositionId).Fire();
                    break;
                case EntryCancelled e:
                    Of(e.PositionId).Disarm();
                    break;
                case ConditionalCancelled e:
                    Of(e.OrderId).Disarm();
                    break;
            }
        }

        CheckPairs(batch);

        if (!_symbols.TryGetValue(symbol, out var state))
            _symbols[symbol] = state = new SymbolState(SimMarkets.Of(symbol));
        state.Replay(sequence, batch);
        _closures.Follow(symbol, sequence, batch);
    }

    /// <summary>Of a pair only one ever executes, and it does when the other is over.</summary>
    private void CheckPairs(EventBatch batch)
    {
        foreach (var armed in batch.Events.OfType<ConditionalArmed>().Where(armed => armed.PairId != 0))
            _pairs[armed.OrderId] = armed.PairId;
        foreach (var traded in batch.Events.OfType<Traded>())
        {
            CheckPair(traded.MakerOrderId);
            CheckPair(traded.TakerOrderId);
        }
    }

    private void CheckPair(long orderId)
    {
        foreach (var (one, other) in _pairs.Where(pair => pair.Key == orderId || pair.Value == orderId))
        {
            var pair = Of(one == orderId ? other : one);
            Rule.Holds(pair is { FilledLots: 0, Done: not null }, () => $"Order {orderId} traded beside the order it is paired with: {pair}.");
        }
    }

    private void Fill(long orderId, long lots)
    {
        if (orderId != 0)
            Of(orderId).Fill(lots);
    }

    private void FollowPortfolio(long account, EventBatch batch)
    {
        if (!_portfolios.TryGetValue(account, out var portfolio))
            _portfolios[account] = portfolio = new Portfolio(account);
        _closures.Follow(account, batch);
        foreach (var happened in batch.Events)
        {
            portfolio.Apply(happened, batch.AtMs);
            if (happened is BalanceAdjusted adjusted)
                Operators?.See(account, adjusted);
            if (happened is OrderEnded { Sequence: 0, Reason: Reason.NeverReachedMarket } released)
                Rule.Holds(Of(released.OrderId).IsBuried, () => $"Order {released.OrderId} was released without a tombstone at its symbol.");
        }
    }

    private OrderTrail Of(long orderId)
    {
        if (!_orders.TryGetValue(orderId, out var trail))
            _orders[orderId] = trail = new OrderTrail(orderId);
        return trail;
    }

    private void Compare(string stream, Snapshot snapshot)
    {
        Snapshots++;
        Rule.Holds(snapshot.Sequence <= _store.Records(stream).Count, () => $"A snapshot of {stream} is ahead of its journal.");
        if (stream.StartsWith(Streams.PortfolioPrefix, StringComparison.Ordinal))
            ComparePortfolio(stream, snapshot);
        else if (stream.StartsWith(Streams.SymbolPrefix, StringComparison.Ordinal))
            CompareSymbol(stream, snapshot);
    }

    private void ComparePortfolio(string stream, Snapshot snapshot)
    {
        var replayed = new Portfolio(long.Parse(stream[Streams.PortfolioPrefix.Length..], CultureInfo.InvariantCulture));
        foreach (var batch in Until(stream, snapshot.Sequence))
        {
            foreach (var happened in batch.Events)
                replayed.Apply(happened, batch.AtMs);
        }

        Rule.Holds(
            PortfolioSnapshot.Write(replayed).AsSpan().SequenceEqual(snapshot.Payload.Span),
            () => $"The snapshot of {stream} at {snapshot.Sequence} is not what its journal says.");
    }

    private void CompareSymbol(string stream, Snapshot snapshot)
    {
        var market = SimMarkets.Of(stream[Streams.SymbolPrefix.Length..]);
        var replayed = new SymbolState(market);
        var sequence = 0L;
        foreach (var batch in Until(stream, snapshot.Sequence))
            replayed.Replay(++sequence, batch);
        var saved = new SymbolState(market);
        SymbolSnapshot.Read(snapshot.Payload.Span, saved);

        var where = $"{stream} at {snapshot.Sequence}";
        Rule.Holds(replayed.Book.StateHash() == saved.Book.StateHash(), () => $"The book in the snapshot of {where} is not what its journal says.");
        Rule.Holds(
            LiveOf(replayed).SequenceEqual(LiveOf(saved)), () => $"The live orders in the snapshot of {where} are not what its journal says.");
        Rule.Holds(
            PositionBookSnapshot.Write(replayed.Positions).AsSpan().SequenceEqual(PositionBookSnapshot.Write(saved.Positions)),
            () => $"The positions in the snapshot of {where} are not what its journal says.");
        saved.Positions.Validate();
        Rule.Holds(
            ArmedOf(replayed).SequenceEqual(ArmedOf(saved)), () => $"The armed orders in the snapshot of {where} are not what its journal says.");
        CompareOutbox(where, market.Symbol, replayed.Outbox, saved.Outbox);
        CompareQueue(where, replayed, saved);
    }

    /// <summary>Every order of a market with a venue has a place in its queue, and none is further back than the journal says.</summary>
    private static void CompareQueue(string where, SymbolState replayed, SymbolState saved)
    {
        if (!saved.Queue.IsOn)
            return;
        foreach (var order in saved.Book.Orders())
        {
            Rule.Holds(saved.Queue.Contains(order.Id), () => $"{where}: order {order.Id} rests without a place in the venue's queue.");
            var (written, kept) = (replayed.Queue.Ahead(order.Id) ?? long.MaxValue, saved.Queue.Ahead(order.Id) ?? long.MaxValue);
            Rule.Holds(kept <= written, () => $"{where}: {kept} lots stand before order {order.Id}, and the journal says {written}.");
        }
    }

    /// <summary>What a symbol has forgotten that it owed must be on the account, durably.</summary>
    private void CompareOutbox(string where, string symbol, Outbox replayed, Outbox saved)
    {
        var kept = saved.All().ToHashSet();
        foreach (var owed in replayed.All())
        {
            var isSettled = _portfolios.TryGetValue(owed.Account, out var portfolio) && portfolio.MarkOf(symbol) >= owed.Item.Sequence;
            Rule.Holds(kept.Remove(owed) || isSettled, () => $"{where}: {owed} was taken off the outbox before it was settled.");
        }

        Rule.Holds(kept.Count == 0, () => $"{where}: the outbox has {kept.FirstOrDefault()}, which the journal does not know.");
    }

    private static IEnumerable<(long, long, decimal)> LiveOf(SymbolState state) =>
        state.Orders.Live.Select(live => (live.Order.OrderId, live.FilledLots, live.FilledQuote)).Order();

    private static IEnumerable<(long, bool)> ArmedOf(SymbolState state) =>
        state.Positions.Conditionals.Orders.Select(order => (order.Armed.OrderId, order.IsActive)).Order();

    private IEnumerable<EventBatch> Until(string stream, long sequence) =>
        _store.Records(stream).Take((int)sequence).Select(record => EventCodec.Decode(record)).ToArray();
}
