using Exchange.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Routing;

/// <summary>The section Cors of the configuration.</summary>
public sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Pages of other origins that may use the API from a browser: https://app.example.org.</summary>
    public string[] Origins { get; set; } = [];
}

/// <summary>
/// A browser sends the cookie along whoever made it send the request. So where the cookie is all that speaks for a request that
/// changes something, the page it comes from has to be ours; browsers always name it. Tokens and signatures need no such check.
/// </summary>
internal sealed class CrossSite(CorsOptions options)
{
    public Refusal? Refuse(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return null;
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return request.Headers["Sec-Fetch-Site"] is ["same-origin"] ? null : EdgeErrors.WrongOrigin;
        return origin.Count == 1 && (IsOwn(request, origin[0]!) || options.Origins.Contains(origin[0], StringComparer.Ordinal))
            ? null
            : EdgeErrors.WrongOrigin;
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
