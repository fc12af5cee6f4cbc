namespace Exchange.Grains.Portfolios;

/// <summary>
/// Orders of which a portfolio does not know yet that their symbol has them: those being submitted now, and those whose
/// submission ended without an answer. The lowest one is the floor that tells the symbol which ids can no longer arrive.
/// </summary>
internal sealed class Submissions
{
    private readonly Dictionary<string, SortedSet<long>> _unconfirmed = [];
    private readonly Dictionary<long, TaskCompletionSource> _running = [];

    public bool HasUnresolved
    {
        get
        {
            foreach (var ids in _unconfirmed.Values)
            {
                foreach (var id in ids)
                {
                    if (!_running.ContainsKey(id))
                        return true;
                }
            }

            return false;
        }
    }

    public void Add(string symbol, long orderId)
    {
        if (!_unconfirmed.TryGetValue(symbol, out var ids))
            _unconfirmed[symbol] = ids = [];
        ids.Add(orderId);
    }

    /// <summary>The symbol has it, or it is durably released.</summary>
    public void Confirm(string symbol, long orderId)
    {
        if (_unconfirmed.TryGetValue(symbol, out var ids))
            ids.Remove(orderId);
    }

    public long Floor(string symbol, long otherwise) =>
        _unconfirmed.TryGetValue(symbol, out var ids) && ids.Count > 0 ? Math.Min(ids.Min, otherwise) : otherwise;

    public void Start(string symbol, long orderId)
    {
        Add(symbol, orderId);
        _running[orderId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void End(long orderId)
    {
        if (_running.Remove(orderId, out var running))
            running.SetResult();
    }

    /// <summary>Done when the submission of this order is over, however it ended.</summary>
    public Task WhenEnded(long orderId) => _running.TryGetValue(orderId, out var running) ? running.Task : Task.CompletedTask;

    public bool IsUnresolved(string symbol, long orderId) =>
        !_running.ContainsKey(orderId) && _unconfirmed.TryGetValue(symbol, out var ids) && ids.Contains(orderId);

    /// <summary>What has to be asked about, by symbol.</summary>
    public List<(string Symbol, long[] OrderIds)> Unresolved()
    {
        var unresolved = new List<(string, long[])>();
        foreach (var (symbol, ids) in _unconfirmed)
        {
            var open = ids.Where(id => !_running.ContainsKey(id)).ToArray();
            if (open.Length > 0)
                unresolved.Add((symbol, open));
        }

        return unresolved;
    }
}
