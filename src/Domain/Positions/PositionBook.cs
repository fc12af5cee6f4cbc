using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// A symbol's positions, open ones and those that wait for a price, and conditional orders, with everything that watches over
/// them: the fold of their events, and of how far prices have pulled trailing stops. Only <see cref="Apply"/> changes it, now
/// and when the journal is replayed, and it throws where an event breaks an invariant.
/// </summary>
public sealed class PositionBook(Market market, int rememberedClosed = PositionBook.RememberedClosedDefault)
{
    public const int RememberedClosedDefault = 10_000;

    private readonly Dictionary<long, Position> _positions = [];
    private readonly ByAccount<Position> _byAccount = new();
    private readonly SortedDictionary<long, Position> _closing = [];
    private long _closingCounter;

    public Market Market { get; set; } = market;
    public Watches Watches { get; } = new();
    public ConditionalOrders Conditionals { get; } = new();
    public PositionEntries Entries { get; } = new();
    public long LastFundingDueMs { get; internal set; }
    public int Count => _positions.Count;
    public bool IsEmpty => _positions.Count == 0 && Conditionals.Count == 0 && Entries.Count == 0;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<Position> Positions => _positions.Values;

    /// <summary>An account's, in the order of their ids.</summary>
    public IReadOnlyList<Position> Of(long account) => _byAccount.Of(account);

    /// <summary>Those that wait for their other side, in the order in which that was decided.</summary>
    public IReadOnlyCollection<Position> Closing => _closing.Values;

    internal ClosedPositions Closed { get; } = new(rememberedClosed);

    /// <summary>What owners asked for under ids of their own, so that the same id again is the same request.</summary>
    public OwnerRequests Requests { get; } = new(rememberedClosed);

    public bool TryGet(long positionId, [NotNullWhen(true)] out Position? position) =>
        _positions.TryGetValue(positionId, out position);

    /// <summary>Whether it closed here not long ago.</summary>
    public bool HasClosed(long positionId, long account) => Closed.Contains(positionId, account);

    /// <summary>The trailing stop's level now; zero without one.</summary>
    public long TrailingLevel(Position position) =>
        Watches.For(position.ExitSide).TryGet(position.Id, TriggerSlots.Trailing, out TrailingStop stop) ? stop.Level : 0;

    public static bool IsMine(DomainEvent happened) => happened is PositionOpened or PositionChanged or MarginAdded or FundingFixed
        or FundingPaid or PositionClosing or PositionUnwound or PositionReduced or PositionClosed or TrailingAdvanced
        or ConditionalArmed or ConditionalActivated or ConditionalFired or ConditionalCancelled
        or EntryArmed or EntryFired or EntryCancelled;

    public void Apply(DomainEvent happened, long atMs)
    {
        Requests.Note(happened);
        switch (happened)
        {
            case PositionOpened e: ApplyOpened(e, atMs); break;
            case PositionChanged e: ApplyChanged(e); break;
            case MarginAdded e: Revalue(OpenPositionOf(e.PositionId), position => position.Apply(e)); break;
            case FundingFixed e: LastFundingDueMs = e.DueMs; break;
            case FundingPaid e: Revalue(OpenPositionOf(e.PositionId), position => position.Apply(e)); break;
            case PositionReduced e: Revalue(OpenPositionOf(e.PositionId), position => position.Apply(e)); break;
            case PositionClosing e: ApplyClosing(e); break;
            case PositionUnwound e: PositionOf(e.PositionId).Apply(e); break;
            case PositionClosed e: ApplyClosed(e); break;
            case TrailingAdvanced e: Watches.Follow(e); break;
            case ConditionalArmed e: Conditionals.Apply(e, Watches); break;
            case ConditionalActivated e: Conditionals.Apply(e, Watches); break;
            case ConditionalFired e: Conditionals.Finish(e.OrderId, Watches); break;
            case ConditionalCancelled e: Conditionals.Finish(e.OrderId, Watches); break;
            case EntryArmed e: Entries.Apply(e, Watches); break;
            case EntryFired e: Entries.Finish(e.PositionId, Watches); break;
            case EntryCancelled e: Entries.Finish(e.PositionId, Watches); break;
            default: throw new InvalidOperationException($"A position book has no {happened.GetType().Name}.");
        }
    }

    public void Validate() => PositionBookRules.Validate(this);

    internal Position Restore(PositionOpened opened, long openedAtMs, PositionChanged levels, PositionParts parts)
    {
        var position = new Position(opened, openedAtMs);
        position.Apply(levels);
        position.Restore(parts);
        Add(position);
        if (position.State == PositionState.Closing)
            AddClosing(position);
        return position;
    }

    private void ApplyOpened(PositionOpened e, long atMs)
    {
        var position = new Position(e, atMs);
        Add(position);
        ArmLiquidation(position);
        ArmExits(position, e.TrailAnchorTicks);
    }

    private void ApplyChanged(PositionChanged e)
    {
        var position = OpenPositionOf(e.PositionId);
        position.Apply(e);
        ArmExits(position, e.TrailAnchorTicks);
    }

    private void Revalue(Position position, Action<Position> change)
    {
        change(position);
        ArmLiquidation(position);
    }

    private void ApplyClosing(PositionClosing e)
    {
        var position = PositionOf(e.PositionId);
        position.Apply(e);
        Watches.CancelAll(position.ExitSide, position.Id);
        AddClosing(position);
    }

    private void ApplyClosed(PositionClosed e)
    {
        var position = PositionOf(e.PositionId);
        if (position.State == PositionState.Closing)
            _closing.Remove(position.ClosingNumber);
        else
            Watches.CancelAll(position.ExitSide, position.Id);
        position.Apply(e);
        _positions.Remove(e.PositionId);
        _byAccount.Remove(position.Account, e.PositionId);
        Closed.Add(e.PositionId, e.Account);
    }

    private void Add(Position position)
    {
        if (!_positions.TryAdd(position.Id, position))
            throw new InvalidOperationException($"Position {position.Id} is open already.");
        _byAccount.Add(position.Account, position.Id, position);
    }

    private void AddClosing(Position position)
    {
        position.ClosingNumber = ++_closingCounter;
        _closing.Add(position.ClosingNumber, position);
    }

    private void ArmLiquidation(Position position)
    {
        var level = position.LiquidationTicks(Market);
        Set(Watches.Mark, position.Id, TriggerSlots.Liquidation, position.Side.Against(), level);
    }

    private void ArmExits(Position position, long trailAnchor)
    {
        var watch = Watches.For(position.ExitSide);
        Set(watch, position.Id, TriggerSlots.StopLoss, position.Side.Against(), position.Levels.StopLossTicks);
        Set(watch, position.Id, TriggerSlots.TakeProfit, position.Side.InFavour(), position.Levels.TakeProfitTicks);
        if (trailAnchor > 0)
        {
            watch.Arm(new TrailingStop(
                position.Id, TriggerSlots.Trailing, position.Side.Against(), position.Levels.TrailUnit, position.Levels.TrailDistance, trailAnchor));
        }
        else if (position.Levels.TrailUnit == TrailUnit.None)
        {
            watch.Cancel(position.Id, TriggerSlots.Trailing);
        }

        if (position.Levels.ExpiresAtMs > 0)
            Watches.Clock.Arm(new Trigger(position.Id, TriggerSlots.Expiry, TriggerDirection.Rising, position.Levels.ExpiresAtMs));
        else
            Watches.Clock.Cancel(position.Id, TriggerSlots.Expiry);
    }

    private static void Set(PriceWatch watch, long id, int slot, TriggerDirection direction, long level)
    {
        if (level > 0)
            watch.Arm(new Trigger(id, slot, direction, level));
        else
            watch.Cancel(id, slot);
    }

    private Position PositionOf(long positionId) => _positions.TryGetValue(positionId, out var position)
        ? position
        : throw new InvalidOperationException($"Position {positionId} is not open.");

    private Position OpenPositionOf(long positionId) => PositionOf(positionId) is { State: PositionState.Open } position
        ? position
        : throw new InvalidOperationException($"Position {positionId} is closing.");
}
