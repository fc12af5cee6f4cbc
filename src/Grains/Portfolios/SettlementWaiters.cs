namespace Exchange.Grains.Portfolios;

/// <summary>Lets a request answer only when the money that its fills moved is on the account, so that a client reads what it wrote.</summary>
internal sealed class SettlementWaiters
{
    private readonly Dictionary<string, List<(long Sequence, TaskCompletionSource Done)>> _waiting = [];

    public Task Until(string symbol, long sequence)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryGetValue(symbol, out var waiting))
            _waiting[symbol] = waiting = [];
        waiting.Add((sequence, done));
        return done.Task;
    }

    public void SettledUpTo(string symbol, long sequence)
    {
        if (!_waiting.TryGetValue(symbol, out var waiting))
            return;
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            if (waiting[i].Sequence > sequence)
                continue;
            waiting[i].Done.TrySetResult();
            waiting.RemoveAt(i);
        }
    }
}
