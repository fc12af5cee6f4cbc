using Exchange.Domain.Events;

namespace Exchange.Domain.Portfolios;

/// <summary>One thing that an owner has yet to be told.</summary>
public readonly record struct Announcement(long Number, long AtMs, DomainEvent Happened);

/// <summary>
/// What an owner has to be told outside of a request and has not been yet, oldest first: that a position closed, what became
/// of one that was to open at a price, that a settlement was set aside. It is part of the account's state, so no crash loses any,
/// and each has a number for good.
/// </summary>
/// <param name="isHouse">The house has nobody to tell.</param>
public sealed class Announcements(bool isHouse)
{
    private readonly Queue<Announcement> _pending = new();

    public int Count => _pending.Count;
    public long LastNumber { get; private set; }

    public static bool IsOne(DomainEvent happened) => happened is PositionLeft { IsClosed: true } or EntryDecided or SettlementSetAside;

    /// <summary>At most so many, and none above the number.</summary>
    public List<Announcement> Oldest(long upTo, int limit)
    {
        var oldest = new List<Announcement>();
        foreach (var announcement in _pending)
        {
            if (announcement.Number > upTo || oldest.Count == limit)
                break;
            oldest.Add(announcement);
        }

        return oldest;
    }

    internal IReadOnlyCollection<Announcement> Pending => _pending;

    internal void Note(DomainEvent happened, long atMs)
    {
        if (!isHouse && IsOne(happened))
            _pending.Enqueue(new Announcement(++LastNumber, atMs, happened));
    }

    internal void Apply(Announced e)
    {
        if (e.UpTo > LastNumber || !_pending.TryPeek(out var oldest) || oldest.Number > e.UpTo)
            throw new InvalidOperationException($"Nothing up to announcement {e.UpTo} waits.");
        while (_pending.TryPeek(out var announcement) && announcement.Number <= e.UpTo)
            _pending.Dequeue();
    }

    internal void Restore(long lastNumber) => LastNumber = lastNumber;

    internal void Restore(Announcement announcement) => _pending.Enqueue(announcement);
}
