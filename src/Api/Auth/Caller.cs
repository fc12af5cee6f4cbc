using Exchange.Api.Errors;

namespace Exchange.Api.Auth;

/// <summary>Who sent a request, as proven by its token.</summary>
public sealed record Caller(long Account, string Email, DateTimeOffset ExpiresAt)
{
    /// <summary>A request may name its user, but only the one that signed in. Zero: it names none.</summary>
    internal Refusal? RefuseOther(long userId) => userId == 0 || userId == Account ? null : EdgeErrors.NotYourAccount;
}
