using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Auth;

/// <summary>
/// Issues and verifies JSON web tokens of exactly one kind: HS256, of this issuer, for this audience.
/// What a token's own header says is only ever compared, never followed.
/// </summary>
public sealed class TokenCodec(byte[] secret, AuthOptions options, TimeProvider clock)
{
    public const int MaxLength = 2048;
    private const string AdminRole = "admin";
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private string LinkAudience => options.Audience + "/sign-in";

    public (string Token, DateTimeOffset ExpiresAt) Issue(long account, string email, string sessionId, bool isAdmin = false) =>
        Issue(options.Audience, options.TokenLifetime, account, email, sessionId, isAdmin ? AdminRole : "");

    /// <summary>What a link in an e-mail carries: it proves nothing but that its bearer reads that mail.</summary>
    public (string Token, DateTimeOffset ExpiresAt) IssueLink(string email, string linkId) =>
        Issue(LinkAudience, options.LinkLifetime, 0, email, linkId, "");

    internal Refusal? Verify(string token, out Caller? caller)
    {
        caller = null;
        if (Read(token, options.Audience, out var claims) is { } refusal)
            return refusal;
        if (claims.Account <= 0)
            return EdgeErrors.InvalidToken;
        caller = new Caller(claims.Account, claims.Email, DateTimeOffset.FromUnixTimeSeconds(claims.Expires))
        {
            SessionId = claims.Id,
            Permissions = ApiPermissions.Read | ApiPermissions.Trade | (claims.Role == AdminRole ? ApiPermissions.Admin : 0),
        };
        return null;
    }

    /// <summary>Null where the token is no link of this exchange, or no longer.</summary>
    internal TokenClaims? VerifyLink(string token) => Read(token, LinkAudience, out var claims) is null ? claims : null;

    private (string, DateTimeOffset) Issue(string audience, TimeSpan lifetime, long account, string email, string id, string role)
    {
        var now = clock.GetUtcNow();
        var claims = new TokenClaims
        {
            Issuer = options.Issuer,
            Audience = audience,
            Account = account,
            Email = email,
            IssuedAt = now.ToUnixTimeSeconds(),
            NotBefore = now.ToUnixTimeSeconds(),
            Expires = (now + lifetime).ToUnixTimeSeconds(),
            Id = id,
            Role = role,
        };
        var content = $"{Header}.{Base64Url.EncodeToString(claims.ToJson())}";
        return ($"{content}.{Sign(content)}", DateTimeOffset.FromUnixTimeSeconds(claims.Expires));
    }

    private Refusal? Read(string token, string audience, out TokenClaims claims)
    {
        claims = new TokenClaims();
        if (token.Length > MaxLength || !Ascii.IsValid(token))
            return EdgeErrors.InvalidToken;
        var lastDot = token.LastIndexOf('.');
        var firstDot = token.IndexOf('.');
        if (firstDot <= 0 || lastDot <= firstDot + 1)
            return EdgeErrors.InvalidToken;

        if (!HasOurSignature(token, lastDot) || !token.AsSpan(0, firstDot).SequenceEqual(Header))
            return EdgeErrors.InvalidToken;
        if (!TryDecode(token.AsSpan(firstDot + 1, lastDot - firstDot - 1), out var json)
            || StrictJson.Read<TokenClaims>(json, out claims) is not null
            || claims.Issuer != options.Issuer
            || claims.Audience != audience)
            return EdgeErrors.InvalidToken;

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (claims.Expires <= now)
            return EdgeErrors.TokenExpired;
        return claims.NotBefore > now ? EdgeErrors.InvalidToken : null;
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
