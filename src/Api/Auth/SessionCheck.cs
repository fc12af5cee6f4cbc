using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Auth;

/// <summary>A token whose signature was found good, and when its session was last known to be open.</summary>
internal sealed class KnownToken(Caller caller)
{
    public Caller Caller => caller;

    public long CheckedAtMs { get; set; }
    public int Epoch { get; set; }
}

/// <summary>
/// A signed token is good for a week; whether its session was ended in the meantime is known to the user's grain. It is asked again
/// after a second, and at once when a session was ended on this silo.
/// </summary>
internal sealed class SessionCheck(IGrainFactory grains, TimeProvider clock)
{
    private const long AgeMaxMs = 1000;

    private int epoch = 1;

    public bool IsFresh(KnownToken known) => known.Epoch == Volatile.Read(ref epoch) && NowMs() - known.CheckedAtMs is >= 0 and < AgeMaxMs;

    public async ValueTask<bool> AskAsync(KnownToken known)
    {
        var (asked, now) = (Volatile.Read(ref epoch), NowMs());
        if (!await ExistsAsync(known.Caller))
            return false;
        known.CheckedAtMs = now;
        known.Epoch = asked;
        return true;
    }

    public Task<bool> ExistsAsync(Caller caller) => grains.GetGrain<IUserGrain>(caller.Email).HasSession(caller.SessionId);

    /// <summary>Something was ended: whatever is remembered has to be asked again.</summary>
    public void Renew() => Interlocked.Increment(ref epoch);

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
