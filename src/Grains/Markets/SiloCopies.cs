using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>The silos that keep a copy of the directory and renew that each minute.</summary>
internal sealed class SiloCopies(TimeProvider time)
{
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<IMarketsObserver, long> _renewedAt = [];

    public void Renew(IMarketsObserver observer) => _renewedAt[observer] = time.GetTimestamp();

    /// <summary>All at once. One that does not answer in time is not waited for.</summary>
    public async Task<(int Told, int Silent)> Tell()
    {
        foreach (var (observer, renewedAt) in _renewedAt.ToArray())
        {
            if (time.GetElapsedTime(renewedAt) > ForgetAfter)
                _renewedAt.Remove(observer);
        }

        var heard = await Task.WhenAll(_renewedAt.Keys.Select(Hears));
        var told = heard.Count(isTold => isTold);
        return (told, heard.Length - told);
    }

    private async Task<bool> Hears(IMarketsObserver observer)
    {
        try
        {
            await observer.OnChanged().WaitAsync(Patience, time);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
