using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.Auth;

/// <summary>
/// Issues and verifies JSON web tokens of exactly one kind: HS256, of this issuer, for this audience.
/// What a token's own header says is only ever compared, never followed.
/// </summary>
public sealed class TokenCodec(byte[] secret, AuthOptions options, TimeProvider clock)
{
    private const int MaxLength = 2048;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public (string Token, DateTimeOffset ExpiresAt) Issue(long account, string email)
    {
        var now = clock.GetUtcNow();
        var expires = now + options.TokenLifetime;
        var claims = new TokenClaims
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            Account = account,
            Email = email,
            IssuedAt = now.ToUnixTimeSeconds(),
            NotBefore = now.ToUnixTimeSeconds(),
            Expires = expires.ToUnixTimeSeconds(),
        };
        var content = $"{Header}.{Base64Url.EncodeToString(claims.ToJson())}";
        return ($"{content}.{Sign(content)}", DateTimeOffset.FromUnixTimeSeconds(claims.Expires));
    }

    internal Refusal? Verify(string token, out Caller? caller)
    {
        caller = null;
        if (token.Length > MaxLength || !Ascii.IsValid(token))
            return EdgeErrors.InvalidToken;
        var lastDot = token.LastIndexOf('.');
        var firstDot = token.IndexOf('.');
        if (firstDot <= 0 || lastDot <= firstDot + 1)
            return EdgeErrors.InvalidToken;

        if (!HasOurSignature(token, lastDot) || !token.AsSpan(0, firstDot).SequenceEqual(Header))
            return EdgeErrors.InvalidToken;
        if (!TryDecode(token.AsSpan(firstDot + 1, lastDot - firstDot - 1), out var json)
            || StrictJson.Read<TokenClaims>(json, out var claims) is not null
            || claims.Issuer != options.Issuer
            || claims.Audience != options.Audience)
            return EdgeErrors.InvalidToken;

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (claims.Expires <= now)
            return EdgeErrors.TokenExpired;
        if (claims.NotBefore > now)
            return EdgeErrors.InvalidToken;
        caller = new Caller(claims.Account, claims.Email, DateTimeOffset.FromUnixTimeSeconds(claims.Expires));
        return null;
    }

    /// <summary>Compares the text, so that a signature has one spelling only.</summary>
    private bool HasOurSignature(string token, int lastDot)
    {
        var expected = Encoding.ASCII.GetBytes(Sign(token[..lastDot]));
        var given = Encoding.ASCII.GetBytes(token[(lastDot + 1)..]);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    private string Sign(string content) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)));

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
