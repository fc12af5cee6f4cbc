using System.Text.RegularExpressions;
using Exchange.Api.Errors;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Api.Tests;

/// <summary>docs/api.md says what the code does: whoever adds a route or a code adds its line.</summary>
[Collection(ApiTests.Name)]
public sealed partial class DocsTests(ApiHost host)
{
    /// <summary>Routes that are no part of the API: the documentation itself, the stream's handshake, and the metrics' text.</summary>
    private static readonly string[] Apart =
        ["/docs", "/docs/page.js", "/docs/page.css", "/metrics", "/ws", "/openapi/{documentName}.json", "/api/{**rest}"];

    [Fact]
    public void The_table_of_errors_is_the_code_s()
    {
        var expected = EdgeErrors.All.Concat(ReasonErrors.All.Values)
            .OrderBy(error => error.Status).ThenBy(error => error.Code, StringComparer.Ordinal)
            .Select(error => $"| {error.Status} | {error.Code} | {error.Message} |");

        Assert.Equal(string.Join('\n', expected), string.Join('\n', Lines().Where(line => ErrorLine().IsMatch(line))));
    }

    [Fact]
    public async Task Every_route_is_in_the_table_of_routes()
    {
        var document = System.Text.Json.JsonDocument.Parse((await host.Stranger().Get("/openapi/v1.json")).Body).RootElement;
        var expected =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            let line = $"| {operation.Name.ToUpperInvariant()} {path.Name} | {operation.Value.GetProperty("summary").GetString()} |"
            orderby path.Name, operation.Name
            select line;

        Assert.Equal(
            string.Join('\n', expected.Order(StringComparer.Ordinal)),
            string.Join('\n', Lines().Where(line => RouteLine().IsMatch(line)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_route_that_is_mapped_describes_itself()
    {
        var silent = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Order == 0 && endpoint.Metadata.GetMetadata<Exchange.Api.OpenApi.RouteDoc>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!);

        Assert.Empty(silent.Except(Apart));
    }

    private static string[] Lines()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Orleans.Exchange.sln")))
            folder = folder.Parent;
        return File.ReadAllLines(Path.Combine(folder.FullName, "docs", "api.md"));
    }

    [GeneratedRegex(@"^\| \d{3} \| [A-Z_]+ \|")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^\| (GET|POST|DELETE) /")]
    private static partial Regex RouteLine();
}
