using Exchange.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.OpenApi;

/// <summary>The OpenAPI document for people to read. Everything it needs comes from here.</summary>
internal static class DocsPage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'";

    public static void MapDocs(this ApiRoutes routes)
    {
        Map(routes, "/docs", "index.html", "text/html; charset=utf-8");
        Map(routes, "/docs/page.js", "page.js", "text/javascript; charset=utf-8");
        Map(routes, "/docs/page.css", "page.css", "text/css; charset=utf-8");
    }

    private static void Map(ApiRoutes routes, string path, string file, string contentType)
    {
        var bytes = Load(file);
        routes.Always("GET", path, async http =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.ContentType = contentType;
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes);
            return null;
        }).ExcludeFromDescription();
    }

    private static byte[] Load(string file)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream("Docs." + file)
            ?? throw new InvalidOperationException($"The page lacks its {file}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
