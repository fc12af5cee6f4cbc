using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Grains.Users;

public sealed class UserGrain(
    [PersistentState("user", StateStores.Accounts)] IPersistentState<UserRecord> user,
    TimeProvider clock) : Grain, IUserGrain
{
    private const int SessionsMax = 50;
    private const int UsedLinksMax = 50;
    private const int KeysMax = 30;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<SignUpReply> SignUp()
    {
        if (user.State.Account == 0)
            await AssignAccount();

        // Repeated on purpose: a crash may have come between the number and the opening.
        var reason = await Open();
        if (reason == Reason.AccountExists)
        {
            // The number belongs to another address, as after a restored backup of the numbers: it is not ours to give.
            await AssignAccount();
            reason = await Open();
        }

        return new SignUpReply(reason, reason == Reason.None ? user.State.Account : 0);
    }

    public async Task<SignUpReply> SignIn(Session session)
    {
        var reply = await SignUp();
        if (reply.Reason == Reason.None)
            await Change(state => Add(state.Sessions, session));
        return reply;
    }

    public async Task<bool> UseLink(string linkId, long expiresAtMs)
    {
        var links = user.State.UsedLinks;
        links.RemoveAll(link => link.ExpiresAtMs <= NowMs);
        if (expiresAtMs <= NowMs || links.Count >= UsedLinksMax || links.Exists(link => link.Id == linkId))
            return false;
        await Change(state => state.UsedLinks.Add(new UsedLink(linkId, expiresAtMs)));
        return true;
    }

    public Task<bool> HasSession(string sessionId) =>
        Task.FromResult(user.State.Sessions.Exists(session => session.Id == sessionId && session.ExpiresAtMs > NowMs));

    public Task<Session[]> GetSessions() =>
        Task.FromResult<Session[]>([.. user.State.Sessions.Where(session => session.ExpiresAtMs > NowMs)]);

    public async Task<bool> EndSession(string sessionId)
    {
        if (!user.State.Sessions.Exists(session => session.Id == sessionId))
            return false;
        await Change(state => state.Sessions.RemoveAll(session => session.Id == sessionId));
        return true;
    }

    public Task SetPassword(string hash) => Change(state => state.Password = hash);

    public Task<string?> GetPassword() => Task.FromResult(user.State.Password);

    public async Task<CreateKeyReply> CreateKey(ApiKey key)
    {
        var known = await GetKeys();
        if (key.ClientKeyId is { } clientKeyId && known.FirstOrDefault(other => other.ClientKeyId == clientKeyId) is { } before)
            return before.IsSameRequest(key)
                ? new CreateKeyReply(Reason.None, before, false)
                : new CreateKeyReply(Reason.DuplicateRequest, null, false);
        if (known.Length >= KeysMax)
            return new CreateKeyReply(Reason.TooManyKeys, null, false);

        // Listed before it exists: a crash in between leaves a name without a key, never a key that nobody can see and revoke.
        await Change(state => state.Keys = [.. known.Select(other => other.Id), key.Id]);
        return await KeyGrain(key.Id).Create(key) ? new CreateKeyReply(Reason.None, key, true) : new CreateKeyReply(Reason.Unavailable, null, false);
    }

    public async Task<ApiKey[]> GetKeys()
    {
        var keys = await Task.WhenAll(user.State.Keys.Select(id => KeyGrain(id).Find()));
        return [.. keys.OfType<ApiKey>()];
    }

    public async Task<bool> RevokeKey(string keyId)
    {
        if (!user.State.Keys.Contains(keyId))
            return false;
        await KeyGrain(keyId).Revoke();
        await Change(state => state.Keys.Remove(keyId));
        return true;
    }

    private IApiKeyGrain KeyGrain(string id) => GrainFactory.GetGrain<IApiKeyGrain>(id);

    /// <summary>Of too many sessions the oldest ends.</summary>
    private void Add(List<Session> sessions, Session session)
    {
        sessions.RemoveAll(known => known.ExpiresAtMs <= NowMs);
        if (sessions.Count >= SessionsMax)
            sessions.RemoveAt(0);
        sessions.Add(session);
    }

    private async Task Change(Action<UserRecord> change)
    {
        change(user.State);
        try
        {
            await user.WriteStateAsync();
        }
        catch
        {
            // What is stored decides; the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
    }

    private Task<Reason> Open() =>
        GrainFactory.GetGrain<IPortfolioGrain>(user.State.Account).Open(this.GetPrimaryKeyString());

    private async Task AssignAccount()
    {
        var account = await GrainFactory.GetGrain<IAccountNumbersGrain>(IAccountNumbersGrain.Key).Next();
        await Change(state => state.Account = account);
    }
}
