using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Fuzz;

/// <summary>A hundred thousand requests of every kind against the real thing.</summary>
public sealed class FuzzTests
{
    private const int Requests = 100_000;
    private const int Seed = 20260101;
    private const int AtOnce = 24;
    private const int Users = 4;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, int> _byStatus = [];
    private readonly ConcurrentBag<string> _problems = [];
    private string[] _tokens = [];
    private HashSet<string> _codes = [];

    [Fact]
    public async Task Whatever_is_sent_nothing_breaks_nothing_leaks_and_no_money_is_made_or_lost()
    {
        using var exchange = await RunningExchange.StartAsync();
        var description = (await exchange.Client.GetFromJsonAsync<JsonDocument>("/openapi/v1.json"))!.RootElement;
        _codes = CodesOf(description);
        _tokens = await Task.WhenAll(Enumerable.Range(0, Users).Select(user => SignUpAsync(exchange.Client, user)));
        var random = new RandomRequests(Seed, FuzzRoute.AllOf(description));
        var requests = Enumerable.Range(0, Requests).Select(number => (Number: number, Request: random.Next())).ToArray();

        await Parallel.ForEachAsync(
            requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (each, _) => SendAsync(exchange.Client, each.Number, each.Request));

        Assert.True(_problems.IsEmpty, $"seed {Seed}: {string.Join('\n', _problems.Take(5))}");
        Assert.InRange(_byStatus.Where(status => status.Key < 400).Sum(status => status.Value), Requests / 10, Requests);
        Assert.Equal(0, await exchange.StopAsync(StopPatience));
        await OfflineAudit.PassesAsync(exchange.DataFolder);
    }

    private async ValueTask SendAsync(HttpClient client, int number, RandomRequest request)
    {
        var user = number % Users;
        using var message = new HttpRequestMessage(request.Method, request.Path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await client.SendAsync(message);
        var body = await answer.Content.ReadAsStringAsync();
        _byStatus.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
        if (ProblemOf(answer, body) is { } problem)
            _problems.Add($"{problem}: {request} -> {(int)answer.StatusCode} {body}");
        if (body.Contains("SESSION_ENDED", StringComparison.Ordinal))
            _tokens[user] = await SignUpAsync(client, user);
    }

    private string? ProblemOf(HttpResponseMessage answer, string body)
    {
        if ((int)answer.StatusCode >= 500)
            return "A server error";
        if (body.Contains("   at ", StringComparison.Ordinal) || body.Contains("Exception", StringComparison.Ordinal))
            return "Something of the inside";
        if ((int)answer.StatusCode < 400)
            return null;
        if (answer.Content.Headers.ContentType is not { MediaType: "application/json" })
            return body.Length == 0 && answer.Headers.ConnectionClose == true ? null : "Not the error format";
        using var json = JsonDocument.Parse(body);
        return CodeOf(json.RootElement) is { } code && _codes.Contains(code) ? null : "An unknown code";
    }

    /// <summary>The engine has an envelope of its own, with the same codes.</summary>
    private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("code", out var code)
        ? code.GetString()
        : answer.GetProperty("error").TryGetProperty("code", out code) ? code.GetString() : null;

    private static async Task<string> SignUpAsync(HttpClient client, int user)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/user/signup", new { email = $"fuzz{user}@example.org" });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("token").GetString()!;
    }

    private static HashSet<string> CodesOf(JsonElement description)
    {
        var error = description.GetProperty("components").GetProperty("schemas").GetProperty("Error").GetProperty("properties").GetProperty("error");
        return [.. error.GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!)];
    }
}
