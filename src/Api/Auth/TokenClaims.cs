using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.Auth;

internal sealed class TokenClaims : IJsonRequest<TokenClaims>
{
    private const int MaxText = 320;

    public string Issuer = "";
    public string Audience = "";
    public long Account;
    public string Email = "";
    public long IssuedAt;
    public long NotBefore;
    public long Expires;
    public string Id = "";
    public string Role = "";

    public static FieldSet Fields { get; } = new("iss", "aud", "sub", "email", "iat", "nbf", "exp", "jti", "role");

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, Issuer);
            json.WriteString("aud"u8, Audience);
            if (Account > 0)
                json.WriteString("sub"u8, Account.ToString(CultureInfo.InvariantCulture));
            json.WriteString("email"u8, Email);
            json.WriteNumber("iat"u8, IssuedAt);
            json.WriteNumber("nbf"u8, NotBefore);
            json.WriteNumber("exp"u8, Expires);
            json.WriteString("jti"u8, Id);
            if (Role.Length > 0)
                json.WriteString("role"u8, Role);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static Refusal? Read(TokenClaims claims, int field, ref Utf8JsonReader reader)
    {
        var valid = field switch
        {
            0 => reader.TryGetAscii(MaxText, out claims.Issuer),
            1 => reader.TryGetAscii(MaxText, out claims.Audience),
            2 => reader.TryGetId(out claims.Account),
            3 => reader.TryGetAscii(MaxText, out claims.Email),
            4 => reader.TryGetId(out claims.IssuedAt),
            5 => reader.TryGetId(out claims.NotBefore),
            6 => reader.TryGetId(out claims.Expires),
            7 => reader.TryGetAscii(MaxText, out claims.Id),
            _ => reader.TryGetAscii(MaxText, out claims.Role),
        };
        return valid ? null : EdgeErrors.InvalidToken;
    }

    public static Refusal? Complete(TokenClaims claims) =>
        claims.Id.Length > 0 && claims.Email.Length > 0 && claims.Expires > 0 && claims.NotBefore > 0 ? null : EdgeErrors.InvalidToken;
}
