namespace Exchange.Domain.Portfolios;

/// <summary>
/// What an account has of each asset. Every change is checked: a user can neither spend nor release what is not there.
/// Only the house may owe, for it is the counterparty of whatever the venue filled.
/// </summary>
internal sealed class Balances(bool mayOwe)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public Balance Of(string asset) =>
        _entries.TryGetValue(asset, out var entry) ? entry.ToBalance(asset) : new Balance(asset, 0, 0);

    public decimal AvailableOf(string asset) => _entries.TryGetValue(asset, out var entry) ? entry.Available : 0;

    public List<Balance> ToSortedList()
    {
        var list = new List<Balance>(_entries.Count);
        foreach (var (asset, entry) in _entries)
            list.Add(entry.ToBalance(asset));
        list.Sort((left, right) => string.CompareOrdinal(left.Asset, right.Asset));
        return list;
    }

    public void Change(string asset, decimal amount)
    {
        var entry = EntryOf(asset);
        var available = entry.Available + amount;
        if (available < 0 && !mayOwe)
            throw Broken(asset, $"a change of {amount} on {entry.Available} available");
        entry.Available = available;
    }

    public void Hold(string asset, decimal amount)
    {
        var entry = EntryOf(asset);
        if (amount < 0 || amount > entry.Available)
            throw Broken(asset, $"a hold of {amount} on {entry.Available} available");
        entry.Available -= amount;
        entry.Held += amount;
    }

    public void Release(string asset, decimal amount)
    {
        Spend(asset, amount);
        EntryOf(asset).Available += amount;
    }

    /// <summary>Takes from what is held.</summary>
    public void Spend(string asset, decimal amount)
    {
        var entry = EntryOf(asset);
        if (amount < 0 || amount > entry.Held)
            throw Broken(asset, $"{amount} taken from {entry.Held} held");
        entry.Held -= amount;
    }

    /// <summary>Margin goes into a position or, with a negative amount, leaves it. Where the rest of it comes from or goes is booked apart.</summary>
    public void ChangeInPositions(string asset, decimal amount)
    {
        var entry = EntryOf(asset);
        var inPositions = entry.InPositions + amount;
        if (inPositions < 0)
            throw Broken(asset, $"a change of {amount} on {entry.InPositions} in positions");
        entry.InPositions = inPositions;
    }

    public void Clear() => _entries.Clear();

    public void Restore(Balance balance)
    {
        var entry = EntryOf(balance.Asset);
        entry.Available = balance.Available;
        entry.Held = balance.Held;
        entry.InPositions = balance.InPositions;
    }

    private Entry EntryOf(string asset)
    {
        if (_entries.TryGetValue(asset, out var entry))
            return entry;
        entry = new Entry();
        _entries.Add(asset, entry);
        return entry;
    }

    private static InvalidOperationException Broken(string asset, string what) => new($"The balance of {asset} does not allow {what}.");

    private sealed class Entry
    {
        public decimal Available;
        public decimal Held;
        public decimal InPositions;

        public Balance ToBalance(string asset) => new(asset, Available, Held, InPositions);
    }
}
