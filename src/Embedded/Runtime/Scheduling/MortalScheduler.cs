namespace Exchange.Embedded.Runtime;

/// <summary>Passes lanes on while the silo lives, so that it can be killed.</summary>
internal sealed class MortalScheduler(ITurnScheduler lasting) : ITurnScheduler
{
    private volatile bool _isDead;

    internal bool IsAlive => !_isDead;

    public bool IsSingleThreaded => lasting.IsSingleThreaded;

    public void Schedule(Lane lane)
    {
        if (!_isDead)
            lasting.Schedule(lane);
    }

    internal void Kill() => _isDead = true;
}
