using Exchange.Domain.Events;

namespace Exchange.Domain.Ledger;

/// <summary>Records that were set aside, and what became of them.</summary>
internal sealed partial class AccountFold
{
    private readonly HashSet<(string Symbol, long Sequence)> _setAside = [];
    private readonly HashSet<(string Symbol, long Sequence)> _takenUp = [];
    private readonly Dictionary<(string Symbol, long Sequence), Dropped> _dropped = [];

    public bool IsDropped(string symbol, long sequence) => _dropped.ContainsKey((symbol, sequence));

    /// <summary>Ends and reductions in it may have had nothing left to do.</summary>
    public bool IsTakenUp(string symbol, long sequence) => _takenUp.Contains((symbol, sequence));

    public void SetAside(SettlementSetAside e)
    {
        if (e.Sequence <= MarkOf(e.Symbol))
            problems.Add($"Account {account}: {e.Symbol} {e.Sequence} was set aside after it had been passed.");
        Mark(e.Symbol, e.Sequence);
        _setAside.Add((e.Symbol, e.Sequence));
    }

    public void FillLate(LateFillSettled e)
    {
        if (!_setAside.Contains((e.Symbol, e.Sequence)))
            problems.Add($"Account {account}: {e.Symbol} {e.Sequence}/{e.Index} was settled late but had not been set aside.");
        Change(e.BaseAsset, e.BaseChange, 0, e.OrderId);
        Change(e.QuoteAsset, e.QuoteChange, 0, e.OrderId);
    }

    public void TakeUp(SettlementTakenUp e)
    {
        if (!_setAside.Remove((e.Symbol, e.Sequence)))
            problems.Add($"Account {account}: {e.Symbol} {e.Sequence} was taken up but had not been set aside.");
        _takenUp.Add((e.Symbol, e.Sequence));
    }

    public void Drop(SettlementDropped e)
    {
        if (!_setAside.Remove((e.Symbol, e.Sequence)))
            problems.Add($"Account {account}: {e.Symbol} {e.Sequence} was dropped but had not been set aside.");
        _dropped.TryAdd((e.Symbol, e.Sequence), new Dropped(e.BaseChange, e.QuoteChange));
    }

    /// <summary>A part of a dropped record that was never booked.</summary>
    public void CountDropped(string symbol, long sequence, decimal baseChange, decimal quoteChange)
    {
        var left = _dropped[(symbol, sequence)];
        _dropped[(symbol, sequence)] = new Dropped(left.Base - baseChange, left.Quote - quoteChange);
    }

    /// <summary>What was dropped must be what was owed, to the last digit.</summary>
    public void CheckDropped()
    {
        foreach (var (place, left) in _dropped)
        {
            if (left != default)
                problems.Add(
                    $"Account {account}: {place.Symbol} {place.Sequence} was dropped with other amounts (off by {left.Base}, {left.Quote}).");
        }
    }

    private readonly record struct Dropped(decimal Base, decimal Quote);
}
