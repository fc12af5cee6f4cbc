using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Pages;

/// <summary>Serves the page that people use: one document at a few addresses, and its files below a version of their own.</summary>
internal static class PageRoutes
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";

    /// <summary>Addresses that a person can go to, bookmark or reload; the page itself finds out what to show there.</summary>
    private static readonly string[] Addresses = ["/", "/markets", "/trade", "/trade/{symbol}", "/portfolio", "/sign-in", "/operator"];

    public static void MapPages(this ApiRoutes routes, PageFiles files)
    {
        foreach (var address in Addresses)
            routes.Always("GET", address, http => SendPageAsync(http, files)).ExcludeFromDescription();
        routes.Always("GET", "/assets/{version}/{**path}", http => SendFileAsync(http, files)).ExcludeFromDescription();
    }

    private static async ValueTask<Refusal?> SendPageAsync(HttpContext http, PageFiles files)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = AskEachTime;
        headers.Vary = "Cookie, Accept-Encoding";
        await SendAsync(http, http.Request.Cookies.ContainsKey(Authenticator.CookieName) ? files.SignedIn : files.Visitor);
        return null;
    }

    private static async ValueTask<Refusal?> SendFileAsync(HttpContext http, PageFiles files)
    {
        var values = http.Request.RouteValues;
        if (values["version"] is not string version || version != files.Version || files.Find((string)values["path"]!) is not { } file)
            return EdgeErrors.NotFound;
        http.Response.Headers.CacheControl = Forever;
        http.Response.Headers.Vary = "Accept-Encoding";
        await SendAsync(http, file);
        return null;
    }

    private static async Task SendAsync(HttpContext http, PageFile file)
    {
        var response = http.Response;
        response.Headers.ETag = file.ETag;
        if (http.Request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var content = file.Content;
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "br";
            content = file.Compressed;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content);
    }
}
