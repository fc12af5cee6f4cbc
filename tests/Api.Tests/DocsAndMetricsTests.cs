using System.Net;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class DocsAndMetricsTests(ApiHost host)
{
    private const int LooksMax = 1_000;

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        var page = await host.Stranger().Get("/docs");

        Assert.Equal(
            ("text/html", true),
            (page.Message.Content.Headers.ContentType!.MediaType, page.Body.StartsWith("<!doctype html>", StringComparison.Ordinal)));
        Assert.DoesNotContain("//", page.Body, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        foreach (var part in new[] { "/docs/page.js", "/docs/page.css" })
        {
            Assert.Contains(part, page.Body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await host.Stranger().Get(part)).Status);
        }
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_class_of_answer()
    {
        await host.Stranger().Get("/api/v1/time");
        await host.Stranger().Get("/api/v1/time?x=1");

        // An answer is counted once it has left, so its receiver can be quicker.
        string[] lines = [];
        for (var looks = 0; looks < LooksMax && !lines.Any(
            line => line.Contains("route=\"/api/v1/time\",status=\"4xx\"", StringComparison.Ordinal)); looks++)
            lines = (await host.Stranger().Get("/metrics")).Body.Split('\n');

        Assert.Contains("# TYPE exchange_api_request_duration_milliseconds histogram", lines);
        foreach (var status in new[] { "2xx", "4xx" })
        {
            var counted = Assert.Single(lines, line => line.StartsWith(
                $"exchange_api_request_duration_milliseconds_count{{route=\"/api/v1/time\",status=\"{status}\"}} ", StringComparison.Ordinal));
            Assert.True(int.Parse(counted.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        }
    }
}
