namespace Exchange.Domain.Ledger;

/// <summary>Counts all, keeps the first.</summary>
internal sealed class Problems
{
    private const int KeptMax = 100;

    private readonly List<string> _kept = [];

    public long Count { get; private set; }
    public IReadOnlyList<string> Kept => _kept;

    public void Add(string problem)
    {
        Count++;
        if (_kept.Count < KeptMax)
            _kept.Add(problem);
    }
}
