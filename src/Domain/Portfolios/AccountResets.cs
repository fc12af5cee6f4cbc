namespace Exchange.Domain.Portfolios;

/// <summary>How an account starts over: the reset under way, and those of before by the id that their owner gave them.</summary>
public sealed class AccountResets
{
    public const int RememberedDefault = 100;

    private readonly Recent<string, long> _finished = new(RememberedDefault);

    /// <summary>Empty while none is under way.</summary>
    public string RunningId { get; private set; } = "";

    /// <summary>When the last one began, finished or not; zero before the first.</summary>
    public long StartedAtMs { get; private set; }

    public string LastId { get; private set; } = "";

    public bool IsRunning => RunningId.Length > 0;

    internal Recent<string, long> Finished => _finished;

    /// <summary>When the reset of this id was done; null where it is not, or was too long ago.</summary>
    public long? FinishedAtMs(string resetId) => _finished.TryGet(resetId, out var atMs) ? atMs : null;

    internal void Start(string resetId, long atMs)
    {
        if (IsRunning)
            throw new InvalidOperationException($"Reset {resetId} starts while {RunningId} is under way.");
        (RunningId, LastId, StartedAtMs) = (resetId, resetId, atMs);
    }

    internal void Finish(string resetId, long atMs)
    {
        if (RunningId != resetId)
            throw new InvalidOperationException($"Reset {resetId} ends, but under way is '{RunningId}'.");
        RunningId = "";
        _finished.Add(resetId, atMs);
    }

    internal void Restore(string runningId, string lastId, long startedAtMs) =>
        (RunningId, LastId, StartedAtMs) = (runningId, lastId, startedAtMs);
}
