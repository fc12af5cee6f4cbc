using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Exchange.Api.Tests;

public sealed class MonitorStreamTests : IAsyncLifetime
{
    private const int WatchersMax = 32;

    private readonly ApiHost host = new();
    private readonly HttpClient http = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync()
    {
        http.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task Samples_come_as_events_the_same_for_all_watchers()
    {
        var ann = await WatchAsync();
        var first = await NextAsync(ann);
        var bob = await WatchAsync();

        Assert.Equal(5, JsonDocument.Parse(first).RootElement.GetProperty("totals").GetProperty("openOrders").GetInt32());
        Assert.StartsWith("{\"time\":", await NextAsync(bob));
        Assert.StartsWith("{\"time\":", await NextAsync(ann));
    }

    [Fact]
    public async Task There_are_only_so_many_watchers_and_one_that_leaves_makes_room()
    {
        var responses = new List<HttpResponseMessage>();
        for (var watcher = 0; watcher < WatchersMax; watcher++)
            responses.Add(await OpenAsync());

        using var refused = await OpenAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        responses[0].Dispose();
        for (var attempt = 0; attempt < 200; attempt++)
        {
            using var again = await OpenAsync();
            if (again.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(20);
        }

        Assert.Fail("A place that was left did not become free.");
    }

    private async Task<HttpResponseMessage> OpenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/api/admin/workers/monitor/stream"));
        var (token, _) = host.Issue(77, ApiHost.Operator, isAdmin: true);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<StreamReader> WatchAsync()
    {
        var response = await OpenAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line["data: ".Length..];
        }

        throw new EndOfStreamException();
    }
}
