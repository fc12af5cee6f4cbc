using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Storage.Closures;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Closures;

/// <summary>For operators: what was told to whom.</summary>
internal sealed class ClosureEndpoints(IClosureRecords closures)
{
    public static readonly FieldSet Fields = new("limit", "cursor");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var limit = HistoryEndpoints.DefaultLimit;
        var before = long.MaxValue;
        if ((Query.Read(http.Request, Fields, out var query) ?? query.Integer("limit", 1, HistoryEndpoints.MaxLimit, ref limit)
                ?? query.Id("cursor", ref before)) is { } refusal)
            return refusal;
        var rows = await closures.ListAsync(before, limit, http.RequestAborted);
        var counts = await closures.CountAsync(http.RequestAborted);
        var answer = new ClosurePage(
            [.. counts.Select(count => new ClosureTotal(count.Kind, count.Completed, count.Failed))],
            [.. rows.Select(ToInfo)],
            rows.Count < limit ? null : JsonId.Text(rows[^1].Id));
        await JsonResponse.SendAsync(http, answer, ClosureJson.Default.ClosurePage);
        return null;
    }

    private static ClosureInfo ToInfo(ClosureRow row) => new(
        JsonId.Text(row.Id), row.Key, JsonId.Text(row.Account), row.Kind,
        row.Outcome switch
        {
            ClosureOutcome.Completed => "COMPLETED",
            ClosureOutcome.Failed => "FAILED",
            _ => "GIVEN_UP",
        },
        row.Attempts, row.Error, row.AtMs, row.FiledAtMs);
}
