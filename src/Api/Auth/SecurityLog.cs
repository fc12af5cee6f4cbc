using Exchange.Storage.Audit;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Auth;

/// <summary>Notes sign-ins, keys and what operators do, with the address it came from. Secrets never get here.</summary>
internal sealed class SecurityLog(IAuditLog log)
{
    public Task NoteAsync(HttpContext http, string actor, string action, string detail = "") =>
        log.AddAsync(actor, action, detail, AddressOf(http));

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
