using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Users;

/// <summary>One e-mail address (the key, in lower case) and the account that belongs to it.</summary>
[Alias("Exchange.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Opens the account on first use; the same account ever after.</summary>
    [Alias("SignUp")]
    Task<SignUpReply> SignUp();
}

[GenerateSerializer, Immutable, Alias("Exchange.SignUpReply")]
public sealed record SignUpReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long Account);

/// <summary>Hands out account numbers; there is one, with the key <see cref="Key"/>.</summary>
[Alias("Exchange.IAccountNumbersGrain")]
public interface IAccountNumbersGrain : IGrainWithStringKey
{
    const string Key = "accounts";

    [Alias("Next")]
    Task<long> Next();
}
