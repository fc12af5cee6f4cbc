using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Users;

/// <summary>One API key; the grain's key is the id that requests carry.</summary>
[Alias("Exchange.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>False where the id is taken.</summary>
    [Alias("Create")]
    Task<bool> Create(ApiKey key);

    /// <summary>Null where there is no such key, or no longer.</summary>
    [Alias("Find")]
    Task<ApiKey?> Find();

    /// <summary>Forgets the key, its secret included. Idempotent.</summary>
    [Alias("Revoke")]
    Task Revoke();
}

[Flags]
public enum ApiPermissions
{
    None = 0,
    Read = 1,
    Trade = 2,
    Admin = 4,
}

/// <param name="SealedSecret">Encrypted by the front door; nobody else can read it.</param>
/// <param name="AllowedNetworks">Addresses or networks that may use the key; empty: all.</param>
/// <param name="ClientKeyId">What its maker called the request; null where they called it nothing.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ApiKey")]
public sealed record ApiKey(
    [property: Id(0)] string Id,
    [property: Id(1)] long Account,
    [property: Id(2)] string Email,
    [property: Id(3)] string Label,
    [property: Id(4)] ApiPermissions Permissions,
    [property: Id(5)] string[] AllowedNetworks,
    [property: Id(6)] byte[] SealedSecret,
    [property: Id(7)] long CreatedAtMs,
    [property: Id(8)] string? ClientKeyId = null)
{
    /// <summary>Whether both ask for the same, whatever became of them.</summary>
    public bool IsSameRequest(ApiKey other) =>
        Label == other.Label && Permissions == other.Permissions && AllowedNetworks.AsSpan().SequenceEqual(other.AllowedNetworks);
}

/// <param name="Reason">DuplicateRequest where the client key id was used for another key; TooManyKeys where there is no room.</param>
/// <param name="Key">The key, and whether it is the one that was just made.</param>
[GenerateSerializer, Immutable, Alias("Exchange.CreateKeyReply")]
public sealed record CreateKeyReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] ApiKey? Key,
    [property: Id(2)] bool IsNew);
