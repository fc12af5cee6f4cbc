using Exchange.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Auth;

/// <summary>Finds out who sent a request: a bearer token, or the cookie of the page.</summary>
internal sealed class Authenticator(TokenCodec codec, TimeProvider clock)
{
    public const string CookieName = "authToken";
    private const string Bearer = "Bearer ";

    private readonly TokenCache verified = new();

    public Refusal? Authenticate(HttpRequest request, out Caller? caller)
    {
        caller = null;
        var token = TokenOf(request);
        return token.IsEmpty ? EdgeErrors.Unauthorized : Authenticate(token, out caller);
    }

    public Refusal? Authenticate(ReadOnlySpan<char> token, out Caller? caller)
    {
        caller = verified.Find(token);
        if (caller is not null)
            return caller.ExpiresAt > clock.GetUtcNow() ? null : EdgeErrors.TokenExpired;
        if (codec.Verify(token.ToString(), out caller) is { } refusal)
            return refusal;
        verified.Add(token.ToString(), caller!);
        return null;
    }

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
