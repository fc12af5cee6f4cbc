using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// The positions that open when a price is reached: longs when the best ask gets there, shorts when the best bid does. One
/// that has an expiry waits no longer than that.
/// </summary>
public sealed class PositionEntries
{
    private readonly Dictionary<long, EntryArmed> _entries = [];
    private readonly ByAccount<EntryArmed> _byAccount = new();

    public int Count => _entries.Count;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<EntryArmed> Waiting => _entries.Values;

    /// <summary>An account's, in the order of their ids.</summary>
    public IReadOnlyList<EntryArmed> Of(long account) => _byAccount.Of(account);

    public bool TryGet(long positionId, [NotNullWhen(true)] out EntryArmed? entry) => _entries.TryGetValue(positionId, out entry);

    public bool IsWaiting(long account, long positionId) => TryGet(positionId, out var entry) && entry.Account == account;

    internal void Apply(EntryArmed e, Watches watches)
    {
        Add(e);
        watches.For(e.Side.EntrySide()).Arm(new Trigger(e.PositionId, TriggerSlots.Entry, e.Direction, e.TriggerTicks));
        if (e.Levels.ExpiresAtMs > 0)
            watches.Clock.Arm(new Trigger(e.PositionId, TriggerSlots.Expiry, TriggerDirection.Rising, e.Levels.ExpiresAtMs));
    }

    internal void Finish(long positionId, Watches watches)
    {
        if (!_entries.Remove(positionId, out var entry))
            throw new InvalidOperationException($"Position {positionId} does not wait for a price.");
        _byAccount.Remove(entry.Account, positionId);
        watches.For(entry.Side.EntrySide()).Cancel(positionId, TriggerSlots.Entry);
        watches.Clock.Cancel(positionId, TriggerSlots.Expiry);
    }

    internal void Add(EntryArmed entry)
    {
        if (!_entries.TryAdd(entry.PositionId, entry))
            throw new InvalidOperationException($"Position {entry.PositionId} waits already.");
        _byAccount.Add(entry.Account, entry.PositionId, entry);
    }
}
