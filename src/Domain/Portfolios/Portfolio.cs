using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// An account's money. Deciding changes nothing: it gives a reason or the events to journal. Only <see cref="Apply"/> changes
/// the state, now and when the journal is replayed, and it throws where an event breaks an invariant.
/// A negative account is a market's house, which may owe and is never opened.
/// </summary>
public sealed partial class Portfolio
{
    public const int RememberedRequestsDefault = 1_000;

    private readonly Balances _balances;
    private readonly OpenOrders _orders = new();
    private readonly Recent<string, FinishedOrder> _finished;
    private readonly Recent<string, Deposit> _deposits;
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);
    private readonly SetAside _setAside = new();
    private readonly SettlementRun _settlement;
    private readonly Placement _placement;
    private long _lastOrderCounter;

    public Portfolio(long account, int rememberedRequests = RememberedRequestsDefault)
    {
        Account = account;
        _balances = new Balances(mayOwe: IsHouse);
        _finished = new Recent<string, FinishedOrder>(rememberedRequests);
        _deposits = new Recent<string, Deposit>(rememberedRequests);
        Positions = new PositionAccount(_balances, rememberedRequests);
        Announcements = new Announcements(IsHouse);
        Controls = new AccountControls(rememberedRequests);
        _settlement = new SettlementRun(IsHouse, _orders, Positions);
        _placement = new Placement(account, _balances, _orders, _finished, Positions);
    }

    public long Account { get; }
    public string Email { get; private set; } = "";
    public bool IsOpened { get; private set; }
    public bool IsHouse => Account < 0;
    public int OpenOrderCount => _orders.Count;

    public PositionAccount Positions { get; }

    /// <summary>How many orders and positions may wait for their price in one market. A setting, not a part of the state.</summary>
    public int ArmedOrdersMax
    {
        get => _placement.ArmedOrdersMax;
        set => _placement.ArmedOrdersMax = value;
    }

    public Announcements Announcements { get; }

    public IReadOnlyList<Balance> Balances => _balances.ToSortedList();

    public Balance BalanceOf(string asset) => _balances.Of(asset);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OpenOrder> OpenOrders => _orders.ToSortedList();

    public OpenOrder? FindOpenOrder(long orderId) => _orders.Find(orderId);

    /// <summary>An order by the id its owner gave it, open or among those that finished recently.</summary>
    public KnownOrder? FindOrder(string clientOrderId) => _placement.FindOrder(clientOrderId);

    /// <summary>Everything from this symbol up to this sequence has been applied.</summary>
    public long MarkOf(string symbol) => _marks.GetValueOrDefault(symbol);

    /// <summary>For reconciliation: which orders hold money for which symbol.</summary>
    public IReadOnlyDictionary<string, List<long>> HoldsOpenBySymbol()
    {
        var holds = new SortedDictionary<string, List<long>>(StringComparer.Ordinal);
        foreach (var order in _orders.ToSortedList())
        {
            if (!holds.TryGetValue(order.Symbol, out var ids))
                holds.Add(order.Symbol, ids = []);
            ids.Add(order.OrderId);
        }

        return holds;
    }

    public Decision Open(string email)
    {
        if (Account is < 1 or > OrderIds.AccountMax || !EmailAddress.IsValid(email))
            return Decision.Refused(Reason.InvalidRequest);
        if (!IsOpened)
            return Decision.Journal(new AccountOpened(Account, email));
        return email == Email ? Decision.AlreadyDone : Decision.Refused(Reason.AccountExists);
    }

    public Decision DepositFunds(string depositId, Asset asset, decimal amount)
    {
        if (!IsOpened)
            return Decision.Refused(Reason.UnknownAccount);
        if (!ClientOrderIds.IsValid(depositId))
            return Decision.Refused(Reason.InvalidRequest);
        if (_deposits.TryGet(depositId, out var earlier))
        {
            return earlier == new Deposit(asset.Code, amount)
                ? Decision.AlreadyDone
                : Decision.Refused(Reason.DuplicateRequest);
        }

        if (Closed != Reason.None)
            return Decision.Refused(Closed);
        if (amount <= 0 || !asset.IsWhole(amount))
            return Decision.Refused(Reason.InvalidAmount);
        return amount > asset.DepositMax || _balances.Of(asset.Code).Total + amount > asset.BalanceMax
            ? Decision.Refused(Reason.DepositLimit)
            : Decision.Journal(new FundsDeposited(depositId, asset.Code, amount.Shortest()));
    }

    public PlaceDecision Place(OrderTerms order, Market market, in MarketReference reference) => IsOpened
        ? UnlessClosed(_placement.Place(order, market, reference, _lastOrderCounter))
        : PlaceDecision.Refused(Reason.UnknownAccount);

    /// <summary>One hold covers both orders. Idempotent by the list's client id.</summary>
    public PairDecision PlacePair(PairTerms pair, Market market, in MarketReference reference) => IsOpened
        ? UnlessClosed(_placement.PlacePair(pair, market, reference, _lastOrderCounter))
        : PairDecision.Refused(Reason.UnknownAccount);

    /// <summary>A pair by the id its owner gave it, open or among those that finished recently.</summary>
    public KnownPair? FindPair(string clientListId) => _placement.FindPair(clientListId);

    /// <summary>The position's id and account are given here, whatever the request says. Idempotent by client id.</summary>
    public RequestDecision RequestPosition(OpenPosition request, Market market, CfdTerms terms, EntryTrigger trigger = default)
    {
        var reason = CheckRequest(request.ClientPositionId);
        if (reason == Reason.None && market.Status != MarketStatus.Trading)
            reason = Reason.MarketHalted;
        return reason == Reason.None
            ? UnlessClosed(Positions.Request(
                request.ClientPositionId, request, trigger, _placement.MayWait(market, 1), market, terms,
                OrderIds.Create(Account, _lastOrderCounter + 1)))
            : RequestDecision.Refused(reason);
    }

    public RequestDecision RequestMargin(string clientId, long positionId, decimal amount, Market market)
    {
        var reason = CheckRequest(clientId);
        return reason == Reason.None
            ? UnlessClosed(Positions.RequestMargin(clientId, positionId, amount, market, OrderIds.Create(Account, _lastOrderCounter + 1)))
            : RequestDecision.Refused(reason);
    }

    /// <summary>
    /// Takes what a symbol's journal settled up to and with <paramref name="upToSequence"/>. Items at or below the mark were
    /// applied before and are skipped, so all items of one sequence must come together.
    /// </summary>
    public SettleDecision Settle(Market market, long upToSequence, ReadOnlySpan<SettlementItem> items) =>
        _settlement.Decide(market, MarkOf(market.Symbol), upToSequence, items);

    /// <summary>Gives the hold back of an order that its symbol refused before journaling anything of it.</summary>
    public Decision Reject(long orderId, Reason reason)
    {
        if (Positions.FindHold(orderId) is { } hold)
            return Decision.Journal(new OrderEnded(hold.Symbol, 0, orderId, OrderStatus.Rejected, reason, hold.Held));
        var order = _orders.Find(orderId);
        if (order is null)
            return Decision.Refused(Reason.UnknownOrder);
        return order.FilledBase > 0 || order.ReducedBy > 0
            ? Decision.Refused(Reason.InvalidRequest)
            : Decision.Journal(Ended(order, reason));
    }

    /// <summary>The same for an order that its symbol never saw and, having buried it, never will.</summary>
    public Decision ReleaseNeverArrived(long orderId) => Reject(orderId, Reason.NeverReachedMarket);

    public void Apply(DomainEvent domainEvent, long atMs = 0)
    {
        switch (domainEvent)
        {
            case OrderPlaced e: ApplyPlaced(e, atMs); break;
            case FillSettled e: ApplyFill(e, atMs); break;
            case LateFillSettled e: ApplyLate(e); break;
            case OrderReduced e: ApplyReduced(e, atMs); break;
            case OrderEnded e: ApplyEnded(e); break;
            case OrderTriggered e: ApplyTriggered(e, atMs); break;
            case SettledUpTo e: RaiseMark(e.Symbol, e.Sequence); break;
            case SettlementSetAside e:
                RaiseMark(e.Symbol, e.Sequence);
                _setAside.Add(e.Symbol, e.Sequence, e.Reason);
                Announcements.Note(e, atMs);
                break;
            case SettlementTakenUp e: _setAside.Remove(e.Symbol, e.Sequence); break;
            case SettlementDropped e: _setAside.Remove(e.Symbol, e.Sequence); break;
            case PositionRequested e: ApplyHold(new PositionHold(e, atMs)); break;
            case MarginRequested e: ApplyHold(new PositionHold(e, atMs)); break;
            case PositionSettled e:
                RaiseMark(e.Symbol, e.Sequence);
                Positions.Apply(e, atMs);
                break;
            case PositionLeft e:
                Positions.Apply(e);
                Announcements.Note(e, atMs);
                break;
            case EntryDecided e: Announcements.Note(e, atMs); break;
            case Announced e: Announcements.Apply(e); break;
            case FundsDeposited e:
                _balances.Change(e.Asset, e.Amount);
                _deposits.Add(e.DepositId, new Deposit(e.Asset, e.Amount));
                break;
            case FundsWithdrawn e: _balances.Change(e.Asset, -e.Amount); break;
            case ResetStarted e: Resets.Start(e.ResetId, atMs); break;
            case ResetFinished e: ApplyReset(e, atMs); break;
            case AccountOpened e:
                if (e.Account != Account)
                    throw new InvalidOperationException($"Account {e.Account} cannot open in the portfolio of account {Account}.");
                Email = e.Email;
                IsOpened = true;
                break;
            default:
                if (ApplyOperators(domainEvent))
                    break;
                throw new InvalidOperationException($"A portfolio has no {domainEvent.GetType().Name}.");
        }
    }

    internal PortfolioState ToState() => new(
        Account, Email, IsOpened, _lastOrderCounter, _balances.ToSortedList(), _marks, _orders.ToSortedList(), _finished, _deposits, _setAside);

    internal void Restore(string email, bool isOpened, long lastOrderCounter)
    {
        Email = email;
        IsOpened = isOpened;
        _lastOrderCounter = lastOrderCounter;
    }

    internal void Restore(Balance balance) => _balances.Restore(balance);

    internal void Restore(OpenOrder order) => _orders.Add(order);

    internal void RestoreMark(string symbol, long sequence) => _marks.Add(symbol, sequence);

    internal void Restore(string clientOrderId, FinishedOrder order) => _finished.Add(clientOrderId, order);

    internal void RestoreSetAside(string symbol, long sequence, Reason reason) => _setAside.Add(symbol, sequence, reason);

    internal void Restore(string depositId, Deposit deposit) => _deposits.Add(depositId, deposit);

    private Reason CheckRequest(string clientId)
    {
        if (!IsOpened)
            return Reason.UnknownAccount;
        if (clientId.Length > 0 && !ClientOrderIds.IsValid(clientId))
            return Reason.InvalidClientOrderId;
        return _lastOrderCounter == OrderIds.CounterMax ? Reason.Unavailable : Reason.None;
    }

    private void ApplyPlaced(OrderPlaced e, long atMs)
    {
        if (OrderIds.AccountOf(e.OrderId) != Account || OrderIds.CounterOf(e.OrderId) <= _lastOrderCounter)
            throw new InvalidOperationException($"Order id {e.OrderId} is not a new one of account {Account}.");
        _balances.Hold(e.HeldAsset, e.Held);
        _orders.Add(new OpenOrder(e, atMs));
        _lastOrderCounter = OrderIds.CounterOf(e.OrderId);
    }

    private void ApplyHold(PositionHold hold)
    {
        if (OrderIds.AccountOf(hold.Id) != Account || OrderIds.CounterOf(hold.Id) <= _lastOrderCounter)
            throw new InvalidOperationException($"Request id {hold.Id} is not a new one of account {Account}.");
        _balances.Hold(hold.Asset, hold.Held);
        Positions.Add(hold);
        _lastOrderCounter = OrderIds.CounterOf(hold.Id);
    }

    private void ApplyFill(FillSettled e, long atMs)
    {
        RaiseMark(e.Symbol, e.Sequence);
        if (e.OrderId == 0)
        {
            _balances.Change(e.BaseAsset, e.BaseChange);
            _balances.Change(e.QuoteAsset, e.QuoteChange);
            return;
        }

        var order = OpenOrderOf(e.OrderId);
        var buys = order.Terms.Side == Side.Buy;
        var paid = buys ? -e.QuoteChange : -e.BaseChange;
        TakeFromHold(order, paid + e.Released);
        _balances.Spend(order.Terms.HeldAsset, paid);
        _balances.Release(order.Terms.HeldAsset, e.Released);
        _balances.Change(buys ? e.BaseAsset : e.QuoteAsset, buys ? e.BaseChange : e.QuoteChange);
        order.FilledBase += buys ? e.BaseChange + e.Fee : -e.BaseChange;
        order.FilledQuote += buys ? -e.QuoteChange : e.QuoteChange + e.Fee;
        order.Fee += e.Fee;
        order.UpdatedAtMs = atMs;
    }

    private void ApplyReduced(OrderReduced e, long atMs)
    {
        RaiseMark(e.Symbol, e.Sequence);
        var order = OpenOrderOf(e.OrderId);
        TakeFromHold(order, e.Released);
        _balances.Release(order.Terms.HeldAsset, e.Released);
        order.ReducedBy += e.Quantity;
        order.UpdatedAtMs = atMs;
    }

    private void ApplyEnded(OrderEnded e)
    {
        RaiseMark(e.Symbol, e.Sequence);
        if (Positions.FindHold(e.OrderId) is not null)
        {
            Positions.ApplyEnded(e);
            return;
        }

        var order = OpenOrderOf(e.OrderId);
        if (order.Held != e.Released + e.MovedToPair)
            throw new InvalidOperationException($"Order {e.OrderId} ends with {order.Held} held but releases {e.Released}.");
        var pair = _orders.PairOf(order);
        if (e.MovedToPair != 0)
            MoveHold(order, pair, e.MovedToPair);
        _balances.Release(order.Terms.HeldAsset, e.Released);
        _orders.Remove(order);
        _finished.Add(order.Terms.ClientOrderId, new FinishedOrder(e.OrderId, order.Fingerprint, e.Status, e.Reason));
        if (order.Terms.IsPaired && pair is null)
            _finished.Add(Placement.ListKey(order.Terms.ClientListId), FinishedOrder.OfList(order.Terms, e));
    }

    private static void MoveHold(OpenOrder from, OpenOrder? to, decimal amount)
    {
        if (to is null || to.Held + amount < 0)
            throw new InvalidOperationException($"Order {from.OrderId} cannot hand {amount} of its hold on.");
        to.Held += amount;
        from.Held -= amount;
    }

    private void ApplyTriggered(OrderTriggered e, long atMs)
    {
        RaiseMark(e.Symbol, e.Sequence);
        var order = OpenOrderOf(e.OrderId);
        if (!order.IsArmed)
            throw new InvalidOperationException($"Order {e.OrderId} was triggered but does not wait for its price.");
        order.TriggeredAtMs = order.UpdatedAtMs = atMs;
    }

    /// <summary>The end of an order of which its symbol journaled nothing.</summary>
    private OrderEnded Ended(OpenOrder order, Reason reason)
    {
        var moved = PairHolds.ToMove(_orders.PairOf(order), order.Held);
        return new OrderEnded(order.Symbol, 0, order.OrderId, OrderStatus.Rejected, reason, order.Held - moved, moved);
    }

    private void RaiseMark(string symbol, long sequence)
    {
        if (sequence > MarkOf(symbol))
            _marks[symbol] = sequence;
    }

    private OpenOrder OpenOrderOf(long orderId) =>
        _orders.Find(orderId) ?? throw new InvalidOperationException($"Order {orderId} is not open in account {Account}.");

    private static void TakeFromHold(OpenOrder order, decimal amount)
    {
        if (amount < 0 || amount > order.Held)
            throw new InvalidOperationException($"Order {order.OrderId} holds {order.Held}, not {amount}.");
        order.Held -= amount;
    }
}
