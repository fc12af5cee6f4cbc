using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Grains.Interfaces.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Api.Operators;

/// <summary>Where the engine has a dashboard of its own.</summary>
public sealed record EngineDashboard(string Path);

/// <summary>Lets operators pass, and nobody else, to what is served below a path by others than this API.</summary>
public static class OperatorGate
{
    public static void UseOperatorGate(this IApplicationBuilder app, string path) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase),
        guarded => guarded.Use(async (http, next) =>
        {
            if (await RefuseAsync(http) is { } refusal)
                await ErrorWriter.WriteAsync(http, refusal);
            else
                await next(http);
        }));

    private static async ValueTask<Refusal?> RefuseAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var (caller, refusal) = await services.GetRequiredService<Authenticator>().AuthenticateAsync(http.Request);
        if (refusal is not null)
            return refusal;
        return caller!.Permissions.HasFlag(ApiPermissions.Admin) && services.GetRequiredService<AdminList>().Contains(caller.Email)
            ? null
            : EdgeErrors.AdminsOnly;
    }
}
