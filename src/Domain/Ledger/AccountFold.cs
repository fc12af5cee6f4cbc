using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Ledger;

/// <summary>
/// What one portfolio's events say it has, worked out without the portfolio's own code: a mistake there must not hide itself.
/// </summary>
internal sealed partial class AccountFold(long account, Problems problems)
{
    private readonly Dictionary<string, AssetFold> _assets = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Hold> _holds = [];
    private readonly Dictionary<string, LastPlace> _lastPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);

    private PositionSettled? _moved;
    private OrderEnded? _ended;

    public IReadOnlyDictionary<string, AssetFold> Assets => _assets;

    public long MarkOf(string symbol) => _marks.GetValueOrDefault(symbol);

    /// <summary>Not booked yet: the symbol has not got so far, or the record waits for an operator.</summary>
    public bool IsInFlight(string symbol, long sequence) => sequence > MarkOf(symbol) || _setAside.Contains((symbol, sequence));

    public AssetFold Of(string asset)
    {
        if (!_assets.TryGetValue(asset, out var fold))
            _assets.Add(asset, fold = new AssetFold());
        return fold;
    }

    public void Deposit(FundsDeposited e)
    {
        Of(e.Asset).Deposited += e.Amount;
        Change(e.Asset, e.Amount, 0, e.DepositId);
    }

    /// <summary>Given like a deposit, or taken like a withdrawal.</summary>
    public void Adjust(BalanceAdjusted e)
    {
        Of(e.Asset).Deposited += e.Amount;
        Change(e.Asset, e.Amount, 0, e.AdjustmentId);
    }

    public void Withdraw(FundsWithdrawn e)
    {
        if (e.Amount <= 0)
            problems.Add($"Account {account}: {e.Amount} {e.Asset} were withdrawn.");
        Of(e.Asset).Deposited -= e.Amount;
        Change(e.Asset, -e.Amount, 0, e.RequestId);
    }

    /// <summary>What is set aside is in flight, not here.</summary>
    public void StartOver(ResetFinished e)
    {
        foreach (var (asset, fold) in _assets)
        {
            if (fold.Available != 0 || fold.Held != 0 || fold.InPositions != 0)
                problems.Add(
                    $"Account {account}: reset {e.ResetId} left {fold.Available} {asset}, {fold.Held} held and {fold.InPositions} in positions.");
        }

        if (_holds.Count > 0)
            problems.Add($"Account {account}: reset {e.ResetId} left {_holds.Count} orders and requests open.");
    }

    public void Place(OrderPlaced e)
    {
        if (!_holds.TryAdd(e.OrderId, new Hold(e.Side, e.HeldAsset, e.Held, e.PairId)))
            problems.Add($"Account {account}: order {e.OrderId} was placed twice.");
        Change(e.HeldAsset, -e.Held, e.Held, e.OrderId);
    }

    public void Request(long requestId, string asset, decimal held)
    {
        if (!_holds.TryAdd(requestId, new Hold(Side.Buy, asset, held, 0)))
            problems.Add($"Account {account}: request {requestId} was made twice.");
        Change(asset, -held, held, requestId);
    }

    /// <summary>What an owner is told of an exit is what was booked just before.</summary>
    public void Hear(PositionLeft e)
    {
        var isTrue = _moved is { } booked
            && (booked.Symbol, booked.Sequence, booked.Index, booked.PositionId) == (e.Symbol, e.Sequence, e.Index, e.PositionId)
            && booked.Payout == e.Payout
            && -booked.MarginChange == e.MarginReturned
            && booked.Kind == PositionMoveKind.Closed == e.IsClosed;
        if (!isTrue)
            problems.Add($"Account {account}: what it heard of position {e.PositionId} is not what was booked.");
        _moved = null;
    }

    /// <summary>The same of what was to be opened at a price.</summary>
    public void Hear(EntryDecided e)
    {
        var isTrue = e.Reason == Reason.None
            ? _moved is { RequestId: not 0 } booked
                && (booked.Symbol, booked.Sequence, booked.Index, booked.PositionId) == (e.Symbol, e.Sequence, e.Index, e.PositionId)
                && (booked.MarginChange, booked.Fee, booked.Volume) == (e.Margin, e.Fee, e.Volume)
            : _ended is { } ended && (ended.Symbol, ended.Sequence, ended.OrderId, ended.Reason) == (e.Symbol, e.Sequence, e.PositionId, e.Reason);
        if (!isTrue)
            problems.Add($"Account {account}: what it heard of position {e.PositionId} that waited is not what was booked.");
        _ended = null;
    }

    /// <summary>Answers what the account gained or lost.</summary>
    public decimal Move(PositionSettled e)
    {
        _moved = e;
        Advance(e.Symbol, e.Sequence, e.Index, e.PositionId);
        var fold = Of(e.Asset);
        fold.InPositions += e.MarginChange;
        if (fold.InPositions < 0 || e.Payout < 0 || e.Fee < 0 || e.Released < 0)
            problems.Add($"Account {account}: position {e.PositionId} left {fold.InPositions} {e.Asset} in positions.");
        if (e.RequestId == 0)
        {
            Change(e.Asset, e.Payout, 0, e.PositionId);
            return e.MarginChange + e.Payout;
        }

        if (!_holds.Remove(e.RequestId, out var hold) || hold.Held != e.MarginChange + e.Fee + e.Released)
            problems.Add($"Account {account}: request {e.RequestId} held {hold.Held}, which is not what became of it.");
        Change(e.Asset, e.Released, -hold.Held, e.RequestId);
        return -e.Fee;
    }

    public void Fill(FillSettled e)
    {
        Advance(e.Symbol, e.Sequence, e.Index, e.OrderId);
        if (e.OrderId == 0)
        {
            Change(e.BaseAsset, e.BaseChange, 0, e.TradeId);
            Change(e.QuoteAsset, e.QuoteChange, 0, e.TradeId);
            return;
        }

        var buys = TakeFromHold(e.OrderId, e.Released, e) is Side.Buy;
        Change(e.BaseAsset, buys ? e.BaseChange : 0, buys ? 0 : e.BaseChange, e.OrderId);
        Change(e.QuoteAsset, buys ? 0 : e.QuoteChange, buys ? e.QuoteChange : 0, e.OrderId);
    }

    public void Reduce(OrderReduced e)
    {
        Mark(e.Symbol, e.Sequence);
        TakeFromHold(e.OrderId, e.Released, null);
    }

    public void End(OrderEnded e)
    {
        _ended = e;
        Mark(e.Symbol, e.Sequence);
        if (e.MovedToPair != 0)
            MoveToPair(e.OrderId, e.MovedToPair);
        TakeFromHold(e.OrderId, e.Released, null);
        if (_holds.Remove(e.OrderId, out var hold) && hold.Held != 0)
            problems.Add($"Account {account}: order {e.OrderId} ended with {hold.Held} {hold.Asset} still held.");
    }

    public void Mark(string symbol, long sequence)
    {
        if (sequence > MarkOf(symbol))
            _marks[symbol] = sequence;
    }

    /// <summary>Nothing is settled twice if places only ascend. Two orders of the account can meet at one place.</summary>
    private void Advance(string symbol, long sequence, int index, long orderId)
    {
        // What is taken up comes late; that it comes once is told by matching it against what was owed.
        if (_setAside.Contains((symbol, sequence)))
            return;
        var last = _lastPlaces.GetValueOrDefault(symbol);
        var isLater = sequence > last.Sequence || (sequence == last.Sequence && index > last.Index);
        var isOtherSide = sequence == last.Sequence && index == last.Index && orderId != last.OrderId && !last.IsSecond;
        if (!isLater && !isOtherSide)
            problems.Add($"Account {account}: {symbol} {sequence}/{index} was settled again for order {orderId}.");
        _lastPlaces[symbol] = new LastPlace(sequence, index, orderId, isOtherSide);
        Mark(symbol, sequence);
    }

    private void MoveToPair(long orderId, decimal amount)
    {
        var giver = _holds.GetValueOrDefault(orderId);
        if (!_holds.TryGetValue(giver.PairId, out var taker) || taker.Held + amount < 0 || taker.Asset != giver.Asset)
            problems.Add($"Account {account}: order {orderId} handed {amount} to order {giver.PairId}, which cannot take it.");
        _holds[orderId] = giver with { Held = giver.Held - amount };
        _holds[giver.PairId] = taker with { Held = taker.Held + amount };
    }

    private Side? TakeFromHold(long orderId, decimal released, FillSettled? fill)
    {
        if (!_holds.TryGetValue(orderId, out var hold))
        {
            problems.Add($"Account {account}: order {orderId} is not open but was settled.");
            return null;
        }

        var paid = fill is null ? 0 : hold.Side == Side.Buy ? -fill.QuoteChange : -fill.BaseChange;
        hold = hold with { Held = hold.Held - paid - released };
        if (paid < 0 || released < 0 || hold.Held < 0)
        {
            problems.Add(
                $"Account {account}: order {orderId} paid {paid} and released {released} {hold.Asset}, which leaves {hold.Held} held.");
        }

        _holds[orderId] = hold;
        Change(hold.Asset, released, -released, orderId);
        return hold.Side;
    }

    private void Change(string asset, decimal available, decimal held, object cause)
    {
        var fold = Of(asset);
        fold.Available += available;
        fold.Held += held;
        if (account > 0 && (fold.Available < 0 || fold.Held < 0))
            problems.Add($"Account {account}: {cause} left {fold.Available} {asset} available and {fold.Held} held.");
    }

    internal sealed class AssetFold
    {
        public decimal Deposited;
        public decimal Available;
        public decimal Held;
        public decimal InPositions;
        public decimal Traded;
        public decimal InFlight;
    }

    private readonly record struct Hold(Side Side, string Asset, decimal Held, long PairId);

    private readonly record struct LastPlace(long Sequence, int Index, long OrderId, bool IsSecond);
}
