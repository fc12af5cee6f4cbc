using System.Text.Json;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;

namespace Exchange.Api.Accounts;

internal sealed class SignUpRequest : IJsonRequest<SignUpRequest>
{
    public string Email = "";

    public static FieldSet Fields { get; } = new("email");

    public static Refusal? Read(SignUpRequest request, int field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return EdgeErrors.InvalidField.With("field", "email");
        return reader.TryGetAscii(EmailAddress.MaxLength, out var text) && EmailAddress.TryNormalise(text, out request.Email)
            ? null
            : EdgeErrors.InvalidEmail;
    }

    public static Refusal? Complete(SignUpRequest request) =>
        request.Email.Length > 0 ? null : EdgeErrors.MissingField.With("field", "email");
}

internal sealed class DepositRequest : IJsonRequest<DepositRequest>
{
    public string DepositId = "";
    public string Asset = "";
    public decimal Amount;
    public long UserId;

    public static FieldSet Fields { get; } = new("depositId", "asset", "amount", "userId");

    public static Refusal? Read(DepositRequest request, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.ClientId(ref reader, "depositId", out request.DepositId),
        1 => ReadField.Asset(ref reader, out request.Asset),
        2 => ReadField.Decimal(ref reader, "amount", Reason.InvalidAmount, out request.Amount),
        _ => ReadField.UserId(ref reader, out request.UserId),
    };

    public static Refusal? Complete(DepositRequest request)
    {
        if (request.Asset.Length == 0)
            return EdgeErrors.MissingField.With("field", "asset");
        return request.Amount > 0 ? null : EdgeErrors.MissingField.With("field", "amount");
    }
}

internal sealed class PasswordSignIn : IJsonRequest<PasswordSignIn>
{
    public string Email = "";
    public string Password = "";

    public static FieldSet Fields { get; } = new("email", "password");

    public static Refusal? Read(PasswordSignIn request, int field, ref Utf8JsonReader reader)
    {
        if (field == 1)
            return ReadField.Text(ref reader, "password", PasswordHash.LengthMax, out request.Password);
        return reader.TryGetAscii(EmailAddress.MaxLength, out var text) && EmailAddress.TryNormalise(text, out request.Email)
            ? null
            : EdgeErrors.InvalidEmail;
    }

    public static Refusal? Complete(PasswordSignIn request)
    {
        if (request.Email.Length == 0)
            return EdgeErrors.MissingField.With("field", "email");
        return request.Password.Length > 0 ? null : EdgeErrors.MissingField.With("field", "password");
    }
}

internal sealed class NewPassword : IJsonRequest<NewPassword>
{
    public string Password = "";

    public static FieldSet Fields { get; } = new("password");

    public static Refusal? Read(NewPassword request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "password", PasswordHash.LengthMax, out request.Password) is null ? null : EdgeErrors.WeakPassword;

    public static Refusal? Complete(NewPassword request)
    {
        if (request.Password.Length == 0)
            return EdgeErrors.MissingField.With("field", "password");
        return request.Password.Length >= PasswordHash.LengthMin ? null : EdgeErrors.WeakPassword;
    }
}

internal sealed class SessionReference : IJsonRequest<SessionReference>
{
    private const int IdLength = 32;

    public string SessionId = "";

    public static FieldSet Fields { get; } = new("sessionId");

    public static Refusal? Read(SessionReference request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "sessionId", IdLength, out request.SessionId);

    public static Refusal? Complete(SessionReference request) =>
        request.SessionId.Length > 0 ? null : EdgeErrors.MissingField.With("field", "sessionId");
}
