using System.Collections.Concurrent;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Tests.Fakes;

/// <summary>A user whose sessions are all open until they are ended.</summary>
public sealed class FakeUser(Func<string, FakeApiKey> keyGrain) : IUserGrain
{
    public const long Account = 17;

    private readonly ConcurrentDictionary<string, bool> ended = new();
    private readonly ConcurrentDictionary<string, bool> usedLinks = new();
    private readonly ConcurrentDictionary<string, bool> keys = new();
    private string? password;

    public ConcurrentQueue<Session> Sessions { get; } = new();

    public Task<SignUpReply> SignUp() => Task.FromResult(new SignUpReply(Reason.None, Account));

    public Task<SignUpReply> SignIn(Session session)
    {
        Sessions.Enqueue(session);
        return SignUp();
    }

    public Task<bool> UseLink(string linkId, long expiresAtMs) => Task.FromResult(usedLinks.TryAdd(linkId, true));

    public Task<bool> HasSession(string sessionId) => Task.FromResult(!ended.ContainsKey(sessionId));

    public Task<Session[]> GetSessions() => Task.FromResult(Sessions.Where(session => !ended.ContainsKey(session.Id)).ToArray());

    public Task<bool> EndSession(string sessionId) => Task.FromResult(ended.TryAdd(sessionId, true));

    public Task SetPassword(string hash)
    {
        password = hash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPassword() => Task.FromResult(password);

    public async Task<CreateKeyReply> CreateKey(ApiKey key)
    {
        if (key.ClientKeyId is not null && (await GetKeys()).FirstOrDefault(other => other.ClientKeyId == key.ClientKeyId) is { } before)
            return new CreateKeyReply(Reason.None, before, false);
        keys.TryAdd(key.Id, true);
        await keyGrain(key.Id).Create(key);
        return new CreateKeyReply(Reason.None, key, true);
    }

    public async Task<ApiKey[]> GetKeys() => [.. (await Task.WhenAll(keys.Keys.Select(id => keyGrain(id).Find()))).OfType<ApiKey>()];

    public async Task<bool> RevokeKey(string keyId)
    {
        if (!keys.TryRemove(keyId, out _))
            return false;
        await keyGrain(keyId).Revoke();
        return true;
    }
}

public sealed class FakeApiKey : IApiKeyGrain
{
    private int finds;
    private ApiKey? key;

    public int Finds => finds;

    public Task<bool> Create(ApiKey created)
    {
        key = created;
        return Task.FromResult(true);
    }

    public Task<ApiKey?> Find()
    {
        Interlocked.Increment(ref finds);
        return Task.FromResult(key);
    }

    public Task Revoke()
    {
        key = null;
        return Task.CompletedTask;
    }
}
