using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>A refusal, an event to journal, or what the same request came to before.</summary>
public readonly record struct RequestDecision(Reason Reason, DomainEvent? Requested, KnownOrder? Existing)
{
    public static RequestDecision Refused(Reason reason) => new(reason, null, null);
}

/// <summary>The part of an account that has to do with positions: what is put aside for them, what is in them, and how they went.</summary>
public sealed class PositionAccount
{
    private readonly Balances _balances;
    private readonly Dictionary<long, PositionHold> _holds = [];
    private readonly Dictionary<string, PositionHold> _holdsByClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, OwnedPosition> _positions = [];
    private readonly SortedDictionary<string, PositionStatistics> _statistics = new(StringComparer.Ordinal);

    internal PositionAccount(Balances balances, int rememberedRequests)
    {
        _balances = balances;
        Answered = new Recent<string, FinishedOrder>(rememberedRequests);
        Exits = new Recent<string, PositionLeft>(rememberedRequests);
        Closed = new Recent<long, string>(rememberedRequests);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PositionHold> Holds => [.. _holds.Values.OrderBy(hold => hold.Id)];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OwnedPosition> Open => [.. _positions.Values.OrderBy(position => position.PositionId)];

    public IReadOnlyCollection<PositionStatistics> Statistics => _statistics.Values;

    internal Recent<string, FinishedOrder> Answered { get; }

    /// <summary>By the ids that their owner closed them under.</summary>
    internal Recent<string, PositionLeft> Exits { get; }

    /// <summary>The markets of positions that are over.</summary>
    internal Recent<long, string> Closed { get; }

    /// <summary>What is to open at a price, oldest first.</summary>
    public IReadOnlyList<PositionHold> Waiting => [.. Holds.Where(hold => hold.Terms is PositionRequested { Waits: true })];

    public int WaitingCountOf(string symbol) =>
        _holds.Values.Count(hold => hold.Symbol == symbol && hold.Terms is PositionRequested { Waits: true });

    public PositionHold? FindHold(long id) => _holds.GetValueOrDefault(id);

    public OwnedPosition? Find(long positionId) => _positions.GetValueOrDefault(positionId);

    public PositionHold? FindHold(string clientId) => _holdsByClientId.GetValueOrDefault(clientId);

    /// <summary>How a request ended not long ago; a position that was opened is filled.</summary>
    public OrderStatus? EndOf(long requestId)
    {
        foreach (var (_, request) in Answered.InOrder())
        {
            if (request.OrderId == requestId)
                return request.Status;
        }

        return null;
    }

    /// <summary>The request that had this id not long ago, or has it; zero where there is none.</summary>
    public long FindRequest(string clientId) => FindHold(clientId)?.Id ?? (Answered.TryGet(clientId, out var answered) ? answered.OrderId : 0);

    /// <summary>Whether it was opened here not long ago and is over.</summary>
    public bool HasClosed(long positionId) => Find(positionId) is null && EndOf(positionId) == OrderStatus.Filled;

    /// <summary>Where a position was that closed not long ago; null where there was none.</summary>
    public string? MarketOfClosed(long positionId) => Closed.TryGet(positionId, out var symbol) ? symbol : null;

    /// <summary>What adding margin under this id came to, however the position has fared since; null where nobody asked.</summary>
    public RequestDecision? FindMargin(string clientId, long positionId, decimal amount, Market market) => clientId.Length > 0
        ? FindEarlier(clientId, RequestFingerprint.Of(MarginOf(0, clientId, positionId, amount, market)))
        : null;

    /// <summary>What closing under this id came to, if it has been settled and is not long ago.</summary>
    public PositionLeft? FindExit(string requestId) =>
        requestId.Length > 0 && Exits.TryGet(requestId, out var exit) ? exit : null;

    internal void Apply(PositionLeft e)
    {
        if (e.RequestId.Length > 0)
            Exits.Add(e.RequestId, e);
    }

    /// <param name="mayWait">Whether one more may wait for its price.</param>
    internal RequestDecision Request(
        string clientId, OpenPosition request, EntryTrigger trigger, bool mayWait, Market market, CfdTerms terms, long nextId)
    {
        if (!request.Leverage.IsWithin(market.MaxLeverage))
            return RequestDecision.Refused(Reason.InvalidLeverage);
        if (request.Margin <= 0 || !request.Margin.IsWholeAt(market.QuotePrecision))
            return RequestDecision.Refused(Reason.InvalidAmount);
        if (request.Margin > _balances.Of(market.Quote).Total && !WasUsed(clientId))
            return RequestDecision.Refused(Reason.InsufficientBalance);
        var requested = new PositionRequested(
            nextId, clientId.Length > 0 ? clientId : UnusedClientId(nextId), market.Symbol, request.Side, request.Margin.Shortest(),
            request.Leverage.Tenths, request.Levels, market.Quote,
            PositionMath.Hold(market, request.Margin, request.Leverage, terms.EntryFeeBps).Shortest(), trigger.Ticks, trigger.Direction);
        var decision = Funded(clientId, requested, market.Quote, requested.Held);
        return decision.Requested is not null && requested.Waits && !mayWait
            ? RequestDecision.Refused(Reason.FilterMaxArmedOrders)
            : decision;
    }

    internal RequestDecision RequestMargin(string clientId, long positionId, decimal amount, Market market, long nextId)
    {
        if (amount <= 0 || !amount.IsWholeAt(market.QuotePrecision))
            return RequestDecision.Refused(Reason.InvalidAmount);
        var requested = MarginOf(nextId, clientId.Length > 0 ? clientId : UnusedClientId(nextId), positionId, amount, market);
        return Funded(clientId, requested, market.Quote, requested.Held);
    }

    private static MarginRequested MarginOf(long requestId, string clientId, long positionId, decimal amount, Market market) =>
        new(requestId, clientId, positionId, market.Symbol, market.Quote, amount.Shortest());

    internal void Add(PositionHold hold)
    {
        _holds.Add(hold.Id, hold);
        _holdsByClientId.Add(hold.ClientId, hold);
    }

    internal void Add(OwnedPosition position) => _positions.Add(position.PositionId, position);

    internal void Restore(PositionStatistics statistics) => _statistics.Add(statistics.Asset, statistics);

    internal void ForgetStatistics() => _statistics.Clear();

    internal void ApplyEnded(OrderEnded e)
    {
        var hold = Use(e.OrderId, e.Status, e.Reason);
        if (hold.Held != e.Released)
            throw new InvalidOperationException($"Request {e.OrderId} ends with {hold.Held} held but releases {e.Released}.");
        _balances.Release(hold.Asset, e.Released);
    }

    internal void Apply(PositionSettled e, long atMs)
    {
        if (e.RequestId != 0)
            ApplyHold(e, atMs);
        var position = Find(e.PositionId) ?? throw new InvalidOperationException($"Position {e.PositionId} has no money here.");
        position.Margin += e.MarginChange;
        position.Result += e.RequestId != 0 ? -e.Fee : e.MarginChange + e.Payout;
        _balances.ChangeInPositions(e.Asset, e.MarginChange);
        _balances.Change(e.Asset, e.Payout);
        if (position.Margin < 0)
            throw new InvalidOperationException($"Position {e.PositionId} has {position.Margin} in it.");

        var statistics = (_statistics.GetValueOrDefault(e.Asset) ?? PositionStatistics.None(e.Asset)).Traded(e.Volume);
        if (e.Kind == PositionMoveKind.Closed)
        {
            if (position.Margin != 0)
                throw new InvalidOperationException($"Position {e.PositionId} closes with {position.Margin} in it.");
            _positions.Remove(e.PositionId);
            Closed.Add(e.PositionId, e.Symbol);
            statistics = statistics.Closed(position.Result);
        }

        _statistics[e.Asset] = statistics;
    }

    private void ApplyHold(PositionSettled e, long atMs)
    {
        var hold = Use(e.RequestId, OrderStatus.Filled, Reason.None);
        if (hold.Held != e.MarginChange + e.Fee + e.Released)
            throw new InvalidOperationException($"Request {e.RequestId} holds {hold.Held}, not {e.MarginChange} + {e.Fee} + {e.Released}.");
        _balances.Spend(hold.Asset, e.MarginChange + e.Fee);
        _balances.Release(hold.Asset, e.Released);
        if (hold.Terms is PositionRequested terms)
            Add(new OwnedPosition(terms, atMs));
    }

    private RequestDecision Funded(string clientId, DomainEvent requested, string asset, decimal held)
    {
        if (clientId.Length > 0 && FindEarlier(clientId, RequestFingerprint.Of(requested)) is { } earlier)
            return earlier;
        return held <= _balances.AvailableOf(asset)
            ? new RequestDecision(Reason.None, requested, null)
            : RequestDecision.Refused(Reason.InsufficientBalance);
    }

    private RequestDecision? FindEarlier(string clientId, ulong fingerprint)
    {
        (ulong Fingerprint, KnownOrder Order) known;
        if (_holdsByClientId.TryGetValue(clientId, out var hold))
            known = (hold.Fingerprint, hold.Known);
        else if (Answered.TryGet(clientId, out var answered))
            known = (answered.Fingerprint, answered.Known(clientId));
        else
            return null;
        return known.Fingerprint == fingerprint
            ? new RequestDecision(Reason.None, null, known.Order)
            : RequestDecision.Refused(Reason.DuplicateRequest);
    }

    private bool WasUsed(string clientId) => _holdsByClientId.ContainsKey(clientId) || Answered.TryGet(clientId, out _);

    private string UnusedClientId(long id)
    {
        var clientId = $"auto-{id}";
        while (WasUsed(clientId))
            clientId += ".";
        return clientId;
    }

    private PositionHold Use(long id, OrderStatus status, Reason reason)
    {
        if (!_holds.Remove(id, out var hold))
            throw new InvalidOperationException($"Request {id} holds nothing.");
        _holdsByClientId.Remove(hold.ClientId);
        Answered.Add(hold.ClientId, new FinishedOrder(id, hold.Fingerprint, status, reason));
        return hold;
    }
}
