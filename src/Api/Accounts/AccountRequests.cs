using System.Text.Json;
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
