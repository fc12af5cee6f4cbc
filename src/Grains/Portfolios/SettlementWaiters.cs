namespace Exchange.Grains.Portfolios;

/// <summary>Lets a request answer only when the money that its fills moved is on the account, so that a client reads what it wrote.</summary>
internal sealed class SettlementWaiters(TimeSpan atMost, TimeProvider time)
{
    private readonly Dictionary<string, List<(long Sequence, TimedWait Wait)>> _waiting = [];

    public Task Until(string symbol, long sequence)
    {
        var wait = new TimedWait(atMost, time);
        if (!_waiting.TryGetValue(symbol, out var waiting))
            _waiting[symbol] = waiting = [];
        waiting.RemoveAll(other => other.Wait.Done.IsCompleted);
        waiting.Add((sequence, wait));
        return wait.Done;
    }

    public void SettledUpTo(string symbol, long sequence)
    {
        if (!_waiting.TryGetValue(symbol, out var waiting))
            return;
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            if (waiting[i].Sequence > sequence)
                continue;
            waiting[i].Wait.Release();
            waiting.RemoveAt(i);
        }
    }
}
