using System.Net;
using Exchange.Api.Auth;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Keys;

/// <summary>A key that may be used, and how long ago its grain said so.</summary>
internal sealed class KnownKey(Caller caller, byte[] secret, IPNetwork[] networks)
{
    public Caller Caller => caller;
    public byte[] Secret => secret;
    public long CheckedAtMs { get; init; }

    public bool Allows(IPAddress? address)
    {
        if (networks.Length == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(networks, network => network.Contains(plain));
    }
}

/// <summary>
/// The keys that were used lately on this silo. After a second the grain is asked again, so a key that was revoked on another silo
/// stops within a second; one that was revoked here stops at once.
/// </summary>
internal sealed class KeyRing(IGrainFactory grains, KeyVault vault, TimeProvider clock)
{
    private const long AgeMaxMs = 1000;
    private const int GenerationSize = 20_000;

    private readonly GenerationCache<KnownKey> known = new(GenerationSize);

    public async ValueTask<KnownKey?> FindAsync(string id)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (known.Find(id) is { } fresh && now - fresh.CheckedAtMs is >= 0 and < AgeMaxMs)
            return fresh;
        if (!vault.IsOurs(id))
            return null;

        var key = await grains.GetGrain<IApiKeyGrain>(id).Find();
        known.Remove(id);
        if (key is null || vault.Unseal(id, key.SealedSecret) is not { } secret)
            return null;
        var caller = new Caller(key.Account, key.Email, DateTimeOffset.MaxValue) { KeyId = id, Permissions = key.Permissions };
        return known.Add(id, new KnownKey(caller, secret, Array.ConvertAll(key.AllowedNetworks, Networks.Parse)) { CheckedAtMs = now });
    }

    public void Forget(string id) => known.Remove(id);
}
