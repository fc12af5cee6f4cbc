using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Users;

/// <summary>One e-mail address (the key, in lower case): its account, how one signs in to it, and who is signed in.</summary>
[Alias("Exchange.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Opens the account on first use; the same account ever after.</summary>
    [Alias("SignUp")]
    Task<SignUpReply> SignUp();

    /// <summary>Opens the account on first use and remembers the session until it expires or is ended.</summary>
    [Alias("SignIn")]
    Task<SignUpReply> SignIn(Session session);

    /// <summary>True the first time for each link, false ever after.</summary>
    [Alias("UseLink")]
    Task<bool> UseLink(string linkId, long expiresAtMs);

    [Alias("HasSession")]
    Task<bool> HasSession(string sessionId);

    [Alias("GetSessions")]
    Task<Session[]> GetSessions();

    /// <summary>False where there is no such session.</summary>
    [Alias("EndSession")]
    Task<bool> EndSession(string sessionId);

    /// <summary>Keeps the hash of a password; the hash says by itself how it was made.</summary>
    [Alias("SetPassword")]
    Task SetPassword(string hash);

    /// <summary>Null where nobody set one.</summary>
    [Alias("GetPassword")]
    Task<string?> GetPassword();

    /// <summary>Idempotent by client key id, where there is one: then the answer is the key that was made before.</summary>
    [Alias("CreateKey")]
    Task<CreateKeyReply> CreateKey(ApiKey key);

    [Alias("GetKeys")]
    Task<ApiKey[]> GetKeys();

    /// <summary>False where the user has no such key.</summary>
    [Alias("RevokeKey")]
    Task<bool> RevokeKey(string keyId);
}

[GenerateSerializer, Immutable, Alias("Exchange.SignUpReply")]
public sealed record SignUpReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long Account);

/// <param name="Device">What the client called itself.</param>
[GenerateSerializer, Immutable, Alias("Exchange.Session")]
public sealed record Session(
    [property: Id(0)] string Id,
    [property: Id(1)] string Device,
    [property: Id(2)] string Address,
    [property: Id(3)] long StartedAtMs,
    [property: Id(4)] long ExpiresAtMs);

/// <summary>Hands out account numbers; there is one, with the key <see cref="Key"/>.</summary>
[Alias("Exchange.IAccountNumbersGrain")]
public interface IAccountNumbersGrain : IGrainWithStringKey
{
    const string Key = "accounts";

    [Alias("Next")]
    Task<long> Next();
}
