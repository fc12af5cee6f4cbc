namespace Exchange.Embedded;

/// <summary>
/// Decides when, where and in which order lanes take their turns: the thread pool by default, a seeded single thread in a simulator.
/// </summary>
public interface ITurnScheduler
{
    /// <summary>Called once when a lane that had nothing to do gets work, and again whenever a slice of it ends with work left.</summary>
    void Schedule(Lane lane);

    /// <summary>Whether everything stays on one thread, so that nothing may be handed to the thread pool.</summary>
    bool IsSingleThreaded => false;
}

/// <summary>Lanes run on the thread pool, in the order in which they became runnable.</summary>
internal sealed class ThreadPoolTurnScheduler : ITurnScheduler
{
    public void Schedule(Lane lane) => ThreadPool.UnsafeQueueUserWorkItem(lane, preferLocal: false);
}
