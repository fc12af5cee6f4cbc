using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Exchange.Api.Routing;

/// <summary>Answers of the API are data: nothing may run in them, frame them, guess their type or keep those of an account.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoContent = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues OneYear = "max-age=31536000";

    public static void AddTo(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = NoContent;
        headers["Referrer-Policy"] = NoReferrer;
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
    }

    public static void KeepPrivate(HttpContext http) => http.Response.Headers.CacheControl = NoStore;
}
