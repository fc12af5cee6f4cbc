using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>
/// Who keeps a copy of the directory and renews that every few seconds. After the directory has moved it may not have heard of
/// everybody yet, so whoever is a member of the cluster and not here counts as one that did not answer.
/// </summary>
internal sealed class DirectoryCopies(ISiloStatusOracle silos, TimeProvider time)
{
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<IMarketsObserver, Copy> _copies = [];

    public void Renew(IMarketsObserver observer, SiloAddress? silo) => _copies[observer] = new Copy(silo, time.GetTimestamp());

    /// <summary>All at once. One that does not answer in time is not waited for.</summary>
    public async Task<(int Told, int Silent)> Tell()
    {
        foreach (var (observer, copy) in _copies)
        {
            if (IsGone(copy))
                _copies.Remove(observer);
        }

        var unheardOf = silos.GetActiveSilos().Except(_copies.Values.Select(copy => copy.Silo)).Count();
        var heard = await Task.WhenAll(_copies.Keys.Select(Hears));
        var told = heard.Count(isTold => isTold);
        return (told, heard.Length - told + unheardOf);
    }

    private bool IsGone(Copy copy) => time.GetElapsedTime(copy.RenewedAt) > ForgetAfter
        || (copy.Silo is { } silo && silos.GetApproximateSiloStatus(silo) is SiloStatus.Dead);

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

    private readonly record struct Copy(SiloAddress? Silo, long RenewedAt);
}
