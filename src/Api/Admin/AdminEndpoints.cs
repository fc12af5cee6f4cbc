using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;
using Exchange.Storage.Audit;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Admin;

/// <param name="Entries">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Entries, string? NextCursor);

public sealed record AuditLine(long Time, string Actor, string Action, string Detail, string Address);

internal sealed class AdminEndpoints(IAuditLog audit, SecurityLog security)
{
    public static readonly FieldSet AuditFields = new("limit", "cursor", "userId");

    public async ValueTask<Refusal?> AuditAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        if ((Query.Read(http.Request, AuditFields, out var query) ?? page.Read(query, caller)) is { } refusal)
            return refusal;
        await security.NoteAsync(http, caller.Email, "audit log read");
        var entries = await audit.ListAsync(page.Cursor, page.Limit, http.RequestAborted);
        var answer = new AuditPage(
            [.. entries.Select(entry => new AuditLine(entry.AtMs, entry.Actor, entry.Action, entry.Detail, entry.Address))],
            page.CursorAfter(entries, entry => entry.Id));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.AuditPage);
        return null;
    }
}

internal static class AdminRoutes
{
    public static void MapAdmin(this ApiRoutes routes, AdminEndpoints admin) =>
        routes.ForAdmin("GET", "/api/admin/audit", admin.AuditAsync).Document(
            new("Operators", "Sign-ins, keys and what operators did, the newest first", typeof(AuditPage)) { Query = AdminEndpoints.AuditFields });
}
