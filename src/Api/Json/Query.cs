using Exchange.Api.Errors;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Exchange.Api.Json;

/// <summary>The query string, as strict as a body: only known parameters, each at most once.</summary>
internal sealed class Query
{
    private const int MaxValueLength = 256;
    private const long MaxTimeMs = 32_503_680_000_000;

    private readonly FieldSet fields;
    private readonly string?[] values;

    private Query(FieldSet fields)
    {
        this.fields = fields;
        values = new string?[fields.Names.Count];
    }

    public Market? Market { get; private set; }

    public string? this[string name] => values[fields.IndexOf(name)];

    public static Refusal? Read(HttpRequest request, FieldSet fields, out Query query, int maxValueLength = MaxValueLength)
    {
        query = new Query(fields);
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            var name = pair.DecodeName().Span;
            var field = fields.IndexOf(name);
            if (field < 0)
                return EdgeErrors.UnknownField.With("parameter", name.Length > 40 ? name[..40].ToString() : name.ToString());
            if (query.values[field] is not null)
                return EdgeErrors.DuplicateField.With("parameter", fields.Names[field]);
            var value = pair.DecodeValue().ToString();
            if (!JsonValues.IsVisibleAscii(value, maxValueLength))
                return EdgeErrors.InvalidField.With("parameter", fields.Names[field]);
            query.values[field] = value;
        }
        return null;
    }

    public Refusal? Integer(string name, int min, int max, ref int value)
    {
        if (this[name] is not { } text)
            return null;
        if (!StrictId.TryParse(text, out var parsed) || parsed < min || parsed > max)
            return EdgeErrors.InvalidField.Saying(
                $"{name} is a whole number from {min} to {max}.", new KeyValuePair<string, string>("parameter", name));
        value = (int)parsed;
        return null;
    }

    public Refusal? OneOf(string name, IReadOnlyList<string> known) =>
        this[name] is not { } text || known.Contains(text)
            ? null
            : EdgeErrors.InvalidField.Saying($"{name} is one of {string.Join(", ", known)}.", new KeyValuePair<string, string>("parameter", name));

    public Refusal? Id(string name, ref long value) =>
        this[name] is not { } text || StrictId.TryParse(text, out value) ? null : EdgeErrors.InvalidField.With("parameter", name);

    /// <summary>Unix milliseconds before the year 3000.</summary>
    public Refusal? Time(string name, ref long? value)
    {
        if (this[name] is not { } text)
            return null;
        var parsed = 0L;
        if (text != "0" && (!StrictId.TryParse(text, out parsed) || parsed > MaxTimeMs))
            return EdgeErrors.InvalidField.With("parameter", name);
        value = parsed;
        return null;
    }

    public Refusal? ClientId(string name, ref string value)
    {
        if (this[name] is not { } text)
            return null;
        value = text;
        return ClientOrderIds.IsValid(text) ? null : Reason.InvalidClientOrderId.ToError().With("parameter", name);
    }

    public Refusal? UserId(ref long value) =>
        this["userId"] is not { } text || StrictId.TryParse(text, out value) ? null : EdgeErrors.NotYourAccount;

    public Refusal? MarketName(ref string name)
    {
        var (market, symbol) = (this["market"], this["symbol"]);
        if (market is not null && symbol is not null && market != symbol)
            return Reason.InvalidRequest.ToError().Saying("market and symbol name different markets.");
        name = market ?? symbol ?? "";
        return null;
    }

    /// <summary>Resolves <see cref="Market"/> if the query names one.</summary>
    public Refusal? OptionalMarket(IMarketCatalog catalog)
    {
        var name = "";
        if (MarketName(ref name) is { } refusal)
            return refusal;
        if (name.Length == 0)
            return null;
        if (!catalog.TryResolve(name, out var market))
            return Reason.UnknownSymbol.ToError();
        Market = market;
        return null;
    }

    public Refusal? RequiredMarket(IMarketCatalog catalog) =>
        OptionalMarket(catalog) ?? (Market is null ? EdgeErrors.MissingField.With("parameter", "symbol") : null);
}
