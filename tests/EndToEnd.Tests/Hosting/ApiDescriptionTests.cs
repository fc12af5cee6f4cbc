using System.Net.Http.Json;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task It_names_the_exchange_s_own_routes_and_nothing_that_an_engine_brings_along()
    {
        using var exchange = await RunningExchange.StartAsync();

        var description = await exchange.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var paths = description.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.Contains("/api/v1/order", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("/dashboard", StringComparison.OrdinalIgnoreCase));
    }
}
