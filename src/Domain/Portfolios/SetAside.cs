namespace Exchange.Domain.Portfolios;

/// <summary>Records of symbols' journals that an account could not apply, and why. They count as passed until they are taken up.</summary>
internal sealed class SetAside
{
    private readonly SortedDictionary<(string Symbol, long Sequence), Reason> _records = new(
        Comparer<(string Symbol, long Sequence)>.Create(ByPlace));

    public int Count => _records.Count;
    public IEnumerable<KeyValuePair<(string Symbol, long Sequence), Reason>> All => _records;

    public bool TryGet(string symbol, long sequence, out Reason reason) => _records.TryGetValue((symbol, sequence), out reason);

    public void Add(string symbol, long sequence, Reason reason) => _records.Add((symbol, sequence), reason);

    public void Remove(string symbol, long sequence)
    {
        if (!_records.Remove((symbol, sequence)))
            throw new InvalidOperationException($"Record {sequence} of {symbol} was not set aside.");
    }

    private static int ByPlace((string Symbol, long Sequence) left, (string Symbol, long Sequence) right)
    {
        var bySymbol = string.CompareOrdinal(left.Symbol, right.Symbol);
        return bySymbol != 0 ? bySymbol : left.Sequence.CompareTo(right.Sequence);
    }
}
