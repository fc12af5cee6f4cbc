using Exchange.Api.Errors;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Auth;

/// <summary>Who sent a request, as proven by a token or by the signature of an API key.</summary>
public sealed record Caller(long Account, string Email, DateTimeOffset ExpiresAt)
{
    private IPortfolioGrain? portfolio;

    /// <summary>Of a person who signed in; empty for a program.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>Of a program; empty for a person.</summary>
    public string KeyId { get; init; } = "";

    public ApiPermissions Permissions { get; init; } = ApiPermissions.Read | ApiPermissions.Trade;

    public bool IsPerson => KeyId.Length == 0;

    /// <summary>Who calls is remembered between requests, and so is this: finding a grain costs more than calling it.</summary>
    internal IPortfolioGrain PortfolioIn(IGrainFactory grains) => portfolio ??= grains.GetGrain<IPortfolioGrain>(Account);

    /// <summary>A request may name its user, but only the one that signed in. Zero: it names none.</summary>
    internal Refusal? RefuseOther(long userId) => userId == 0 || userId == Account ? null : EdgeErrors.NotYourAccount;
}
