using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Api.Json;

/// <summary>The kinds of values that requests carry, each with its precise refusal.</summary>
internal static class ReadField
{
    private const int MaxNameLength = 32;

    /// <summary>Doc names say market for orders and symbol for market data; both are taken, and both may come if they agree.</summary>
    public static Refusal? Market(ref Utf8JsonReader reader, ref string market)
    {
        if (reader.TokenType != JsonTokenType.String)
            return EdgeErrors.InvalidField.With("field", "market");
        if (!reader.TryGetAscii(MaxNameLength, out var name))
            return Reason.UnknownSymbol.ToError();
        if (market.Length > 0 && market != name)
            return Reason.InvalidRequest.ToError().Saying("market and symbol name different markets.");
        market = name;
        return null;
    }

    public static Refusal? Asset(ref Utf8JsonReader reader, out string asset)
    {
        asset = "";
        if (reader.TokenType != JsonTokenType.String)
            return EdgeErrors.InvalidField.With("field", "asset");
        return reader.TryGetAscii(MaxNameLength, out asset) ? null : Reason.UnknownAsset.ToError();
    }

    public static Refusal? Name<T>(ref Utf8JsonReader reader, string field, EnumNames<T> names, out T value) where T : struct, Enum =>
        names.TryRead(ref reader, out value)
            ? null
            : EdgeErrors.InvalidField.Saying($"{field} is one of {string.Join(", ", names.All)}.", new KeyValuePair<string, string>("field", field));

    public static Refusal? Decimal(ref Utf8JsonReader reader, string field, Reason otherwise, out decimal value) =>
        reader.TryGetPositiveDecimal(out value) ? null : otherwise.ToError().With("field", field);

    /// <summary>Any text without control characters.</summary>
    public static Refusal? Text(ref Utf8JsonReader reader, string field, int maxLength, out string text)
    {
        text = "";
        return reader.TokenType == JsonTokenType.String && reader.TryUnescape(out text)
            && text.Length > 0 && text.Length <= maxLength && !text.Any(char.IsControl)
            ? null
            : EdgeErrors.InvalidField.With("field", field);
    }

    /// <summary>An id that the client chose: it also travels in URLs and logs, hence the small alphabet.</summary>
    public static Refusal? ClientId(ref Utf8JsonReader reader, string field, out string id) =>
        reader.TryGetAscii(ClientOrderIds.LengthMax, out id) && ClientOrderIds.IsValid(id)
            ? null
            : Reason.InvalidClientOrderId.ToError().With("field", field);

    public static Refusal? TrailingDelta(ref Utf8JsonReader reader, string field, out int basisPoints)
    {
        var isNumber = reader.TryGetId(out var value) && value <= TrailingStop.BasisPointsMax;
        basisPoints = isNumber ? (int)value : 0;
        return isNumber ? null : Reason.InvalidTrailing.ToError().With("field", field);
    }

    public static Refusal? Id(ref Utf8JsonReader reader, string field, out long id) =>
        reader.TryGetId(out id) ? null : EdgeErrors.InvalidField.With("field", field);

    /// <summary>A user id that is no account number is certainly not the caller's own.</summary>
    public static Refusal? UserId(ref Utf8JsonReader reader, out long userId)
    {
        userId = 0;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            return EdgeErrors.InvalidField.With("field", "userId");
        return reader.TryGetId(out userId) ? null : EdgeErrors.NotYourAccount;
    }
}
