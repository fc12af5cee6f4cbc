using System.Runtime.InteropServices;

namespace Exchange.Domain.Ledger;

/// <summary>What is settled for one order (0 for the house) out of one place of a symbol's journal.</summary>
internal readonly record struct SettlementKey(int Market, long Account, long OrderId, long Sequence, int Index)
{
    /// <summary>Instead of an index: all but fills are booked by sequence alone, and the house's part of a record as one.</summary>
    public const int End = -1;
    public const int Reduction = -2;
    public const int House = -3;

    /// <summary>Margin that went into a position or left it. It stays its owner's, so it is never in flight.</summary>
    public const int Margin = -4;
    public const int Trigger = -5;
}

/// <summary>
/// Sets what symbols owe against what portfolios booked. Both sides of a pair cancel out, in whatever order they come,
/// so what is remembered at the end is exactly what has no counterpart.
/// </summary>
internal sealed class SettlementMatch
{
    private readonly Dictionary<SettlementKey, Entry> _open = [];

    public IEnumerable<KeyValuePair<SettlementKey, Entry>> Unmatched => _open;

    public void Owe(in SettlementKey key, decimal baseChange, decimal quoteChange) => Add(key, 1, baseChange, quoteChange);

    public void Book(in SettlementKey key, decimal baseChange, decimal quoteChange) => Add(key, -1, -baseChange, -quoteChange);

    private void Add(in SettlementKey key, int count, decimal baseChange, decimal quoteChange)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, key, out _);
        entry = new Entry(entry.Count + count, entry.BaseChange + baseChange, entry.QuoteChange + quoteChange);
        if (entry == default)
            _open.Remove(key);
    }

    /// <summary>Count is above zero where something is owed, below where something was booked that nobody owed.</summary>
    internal readonly record struct Entry(int Count, decimal BaseChange, decimal QuoteChange);
}
