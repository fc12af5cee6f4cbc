using System.Security.Cryptography;
using Exchange.Api.Errors;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Users;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Auth;

internal sealed record SignedIn(long Account, string Email, string Token, DateTimeOffset ExpiresAt);

/// <summary>Opens and ends sessions of people: the token, the cookie that carries it to the page, and the note in the audit log.</summary>
internal sealed class SignIns(
    IGrainFactory grains, TokenCodec tokens, SessionCheck sessions, AdminList admins, SecurityLog audit, AuthOptions options, TimeProvider clock)
{
    private const int DeviceLengthMax = 100;

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="how">How the person proved to be who they are, for the audit log.</param>
    public async Task<(SignedIn? SignedIn, Refusal? Refusal)> StartAsync(HttpContext http, string email, string how)
    {
        var now = clock.GetUtcNow();
        var session = new Session(
            NewId(), DeviceOf(http.Request), SecurityLog.AddressOf(http), now.ToUnixTimeMilliseconds(),
            (now + options.TokenLifetime).ToUnixTimeMilliseconds());
        var reply = await grains.GetGrain<IUserGrain>(email).SignIn(session);
        if (reply.Reason != Reason.None)
            return (null, reply.Reason.ToError());
        await audit.NoteAsync(http, email, "sign-in", how);
        var (token, expires) = tokens.Issue(reply.Account, email, session.Id, admins.Contains(email));
        http.Response.Cookies.Append(Authenticator.CookieName, token, CookieFor(http, expires));
        return (new SignedIn(reply.Account, email, token, expires), null);
    }

    public async Task<bool> EndAsync(HttpContext http, Caller caller, string sessionId)
    {
        var existed = await grains.GetGrain<IUserGrain>(caller.Email).EndSession(sessionId);
        sessions.Renew();
        if (sessionId == caller.SessionId)
            http.Response.Cookies.Delete(Authenticator.CookieName, CookieFor(http, null));
        if (existed)
            await audit.NoteAsync(http, caller.Email, "sign-out", sessionId == caller.SessionId ? "" : "another session");
        return existed;
    }

    private static CookieOptions CookieFor(HttpContext http, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Expires = expires,
        Path = "/",
    };

    private static string DeviceOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return new string([.. agent.Take(DeviceLengthMax).Where(character => character is >= ' ' and <= '~')]);
    }
}
