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
    public static readonly FieldSet Fields = new("limit", "cursor", "userId");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        if ((Query.Read(http.Request, Fields, out var query) ?? page.Read(query, caller)) is { } refusal)
            return refusal;
        var rows = await closures.ListAsync(page.Before, page.Limit, http.RequestAborted);
        var counts = await closures.CountAsync(http.RequestAborted);
        var answer = new ClosurePage(
            [.. counts.Select(count => new ClosureTotal(count.Kind, count.Completed, count.Failed))],
            [.. rows.Select(ToInfo)],
            page.CursorAfter(rows, row => row.Id));
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
