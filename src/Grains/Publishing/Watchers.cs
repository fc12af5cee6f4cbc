namespace Exchange.Grains.Publishing;

/// <summary>The observers of one activation. One that does not renew itself is forgotten, for its silo may be gone.</summary>
internal sealed class Watchers<TObserver>(TimeProvider time)
    where TObserver : class, IGrainObserver
{
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(90);

    private readonly Dictionary<TObserver, long> _renewedAt = [];

    public int Count => _renewedAt.Count;

    /// <summary>True where this observer was not watching.</summary>
    public bool Renew(TObserver observer)
    {
        var isNew = !_renewedAt.ContainsKey(observer);
        _renewedAt[observer] = time.GetTimestamp();
        return isNew;
    }

    public void Remove(TObserver observer) => _renewedAt.Remove(observer);

    public void RemoveExpired()
    {
        foreach (var (observer, renewedAt) in _renewedAt)
        {
            if (time.GetElapsedTime(renewedAt) > Expiry)
                _renewedAt.Remove(observer);
        }
    }

    public void Tell<TNews>(TNews news, Action<TObserver, TNews> tell)
    {
        foreach (var observer in _renewedAt.Keys)
            tell(observer, news);
    }
}
