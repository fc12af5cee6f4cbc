using System.Net;
using Exchange.Api.Errors;
using Exchange.Api.Keys;
using Exchange.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Auth;

internal readonly record struct Authenticated(Caller? Caller, Refusal? Refusal);

/// <summary>Finds out who sent a request: the signature of an API key, a bearer token, or the cookie of the page.</summary>
internal sealed class Authenticator(
    TokenCodec codec, SessionCheck sessions, SignatureCheck signatures, KeyRing keys, CrossSite crossSite, TimeProvider clock)
{
    public const string CookieName = "authToken";
    private const string Bearer = "Bearer ";
    private const int GenerationSize = 50_000;

    private readonly GenerationCache<KnownToken> verified = new(GenerationSize);

    public ValueTask<Authenticated> AuthenticateAsync(HttpRequest request)
    {
        if (request.Headers.ContainsKey(SignatureCheck.KeyHeader))
            return signatures.AuthenticateAsync(request);
        var token = TokenOf(request);
        if (token.IsEmpty)
            return Refused(EdgeErrors.Unauthorized);
        return request.Headers.Authorization.Count == 0 && crossSite.Refuse(request) is { } foreign
            ? Refused(foreign)
            : AuthenticateTokenAsync(token);
    }

    public ValueTask<Authenticated> AuthenticateTokenAsync(ReadOnlySpan<char> token)
    {
        var known = verified.Find(token);
        if (known is null)
        {
            if (codec.Verify(token.ToString(), out var caller) is { } refusal)
                return Refused(refusal);
            known = verified.Add(token.ToString(), new KnownToken(caller!));
        }
        if (known.Caller.ExpiresAt <= clock.GetUtcNow())
            return Refused(EdgeErrors.TokenExpired);
        return sessions.IsFresh(known) ? ValueTask.FromResult(new Authenticated(known.Caller, null)) : AskAsync(known);
    }

    /// <summary>For what stays open, such as a socket: whether its caller would still be let in.</summary>
    public async ValueTask<bool> IsStillWelcomeAsync(KnownToken known) => known.Caller.IsPerson
        ? known.Caller.ExpiresAt > clock.GetUtcNow() && (sessions.IsFresh(known) || await sessions.AskAsync(known))
        : await keys.FindAsync(known.Caller.KeyId) is not null;

    public ValueTask<Authenticated> AuthenticateAsync(SocketSignIn signIn, IPAddress? address) => signatures.AuthenticateAsync(signIn, address);

    private async ValueTask<Authenticated> AskAsync(KnownToken known) =>
        await sessions.AskAsync(known) ? new(known.Caller, null) : new(null, EdgeErrors.SessionEnded);

    private static ValueTask<Authenticated> Refused(Refusal? refusal) => ValueTask.FromResult(new Authenticated(null, refusal));

    private static ReadOnlySpan<char> TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            return request.Cookies[CookieName];
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value.AsSpan(Bearer.Length)
            : default;
    }
}
