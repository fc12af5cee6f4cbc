using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;
using Exchange.Domain;
using Exchange.Domain.Valuation;
using Exchange.Grains.Interfaces.Portfolios;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Values;

/// <param name="Value">Null where no market leads from it to the asset that is asked for.</param>
public sealed record Holding(string Asset, decimal Amount, decimal? Value);

/// <param name="Value">Of all holdings that have one.</param>
public sealed record PortfolioValue(string Asset, decimal Value, long Time, Holding[] Holdings);

public sealed record PastValue(long Time, decimal Value);

/// <param name="Points">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record ValuePage(string Asset, string Period, PastValue[] Points, string? NextCursor);

/// <summary>What the caller's account is worth.</summary>
internal sealed class ValueEndpoints(IGrainFactory grains)
{
    private const int AssetLengthMax = 32;
    private const string DefaultPeriod = "1h";

    public static readonly string[] Periods = [.. new ValueHistory().Series.Select(series => series.Interval)];
    public static readonly FieldSet ValueFields = new("asset", "userId");
    public static readonly FieldSet HistoryFields = new("period", "limit", "cursor", "userId");

    public async ValueTask<Refusal?> ValueAsync(HttpContext http, Caller caller)
    {
        var userId = 0L;
        var refusal = Query.Read(http.Request, ValueFields, out var query, AssetLengthMax) ?? query.UserId(ref userId) ?? caller.RefuseOther(userId);
        if (refusal is not null)
            return refusal;
        var value = await GrainOf(caller).GetValue(query["asset"]?.ToUpperInvariant() ?? "");
        if (value.Reason != Reason.None)
            return value.Reason.ToError();
        var holdings = Array.ConvertAll(value.Holdings, holding => new Holding(holding.Asset, holding.Amount, holding.Value));
        await JsonResponse.SendAsync(http, new PortfolioValue(value.Asset, value.Value, value.AtMs, holdings), ApiJson.Default.PortfolioValue);
        return null;
    }

    public async ValueTask<Refusal?> HistoryAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, HistoryFields, out var query) ?? query.OneOf("period", Periods) ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        var period = query["period"] ?? DefaultPeriod;
        var history = await GrainOf(caller).GetHistory(period, page.Cursor, page.Limit);
        if (history.Reason != Reason.None)
            return history.Reason.ToError();
        var points = Array.ConvertAll(history.Points, point => new PastValue(point.AtMs, point.Value));
        var answer = new ValuePage(history.Asset, period, points, page.CursorAfter(points, point => point.Time));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.ValuePage);
        return null;
    }

    private IPortfolioValueGrain GrainOf(Caller caller) => grains.GetGrain<IPortfolioValueGrain>(caller.Account);
}

internal static class ValueRoutes
{
    private const string Group = "Account";

    public static void MapValues(this ApiRoutes routes, ValueEndpoints values)
    {
        routes.ForCaller("GET", "/api/v1/portfolio/value", values.ValueAsync).Document(
            new(Group, "What the account is worth now, with what is locked and in positions", typeof(PortfolioValue))
            {
                Query = ValueEndpoints.ValueFields,
                AnswerExample = """{"asset":"USDT","value":"10650","time":1767225600000,"holdings":[{"asset":"BTC","amount":"0.1","value":"6500"}"""
                    + """,{"asset":"USDT","amount":"4150","value":"4150"}]}""",
            });
        routes.ForCaller("GET", "/api/v1/portfolio/history", values.HistoryAsync).Document(
            new(Group, "What the account was worth, the newest first: a day of five minutes, a month of hours, five years of days", typeof(ValuePage))
            {
                Query = ValueEndpoints.HistoryFields,
                AnswerExample = """{"asset":"USDT","period":"1h","points":[{"time":1767225600000,"value":"10650"}],"nextCursor":null}""",
            });
    }
}
