using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Fuzz;

/// <summary>
/// A hundred thousand requests of every kind against the real thing. The last of them come from an operator too, who halts,
/// freezes and stops at random: before, users have the exchange to themselves.
/// </summary>
public sealed class FuzzTests
{
    private const int Requests = 110_000;
    private const int Seed = 20260101;
    private const int AtOnce = 24;
    private const int Users = 4;
    private const int UnluckyMax = 5;
    private const int FromAnOperator = 10_000;
    private const string Operator = "operator@example.org";

    /// <summary>What needs more than luck: what somebody was given, what is still open, or what went wrong before.</summary>
    private static readonly string[] NeverDone =
    [
        "DELETE /api/v1/order", "POST /api/admin/symbols/{symbol}/delist", "GET /api/v1/user/signin/post", "POST /api/v1/user/signin",
        "POST /api/v1/user/password", "DELETE /api/v1/keys", "DELETE /api/v1/user/sessions",
        "POST /api/admin/closures/letters/retry", "POST /api/admin/closures/letters/giveUp",
        "POST /api/v1/admin/dead-letters/{id}/retry", "DELETE /api/v1/admin/dead-letters/{id}",
    ];

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, int> _byStatus = [];
    private readonly ConcurrentDictionary<string, int> _answered = [];
    private readonly ConcurrentBag<string> _problems = [];
    private string[] _tokens = [];
    private bool _operatorActs;
    private HashSet<string> _codes = [];

    [Fact]
    public async Task Whatever_is_sent_nothing_breaks_nothing_leaks_and_no_money_is_made_or_lost()
    {
        using var exchange = await RunningExchange.StartAsync($"--Auth:AdminEmails:0={Operator}");
        var description = (await exchange.Client.GetFromJsonAsync<JsonDocument>("/openapi/v1.json"))!.RootElement;
        _codes = CodesOf(description);
        _tokens = await Task.WhenAll(Enumerable.Range(0, Users + 1).Select(user => SignUpAsync(exchange.Client, user)));
        var routes = FuzzRoute.AllOf(description);
        var random = new RandomRequests(Seed, routes);
        var requests = Enumerable.Range(0, Requests).Select(
            number => (User: UserOf(number), Request: random.Next(UserOf(number) == Users))).ToArray();

        await SendAllAsync(requests[..^FromAnOperator]);
        _operatorActs = true;
        await SendAllAsync(requests[^FromAnOperator..]);

        Assert.True(_problems.IsEmpty, $"seed {Seed}: {string.Join('\n', _problems.Take(5))}");
        Assert.InRange(_byStatus.Where(status => status.Key < 400).Sum(status => status.Value), Requests / 10, Requests);
        var unlucky = routes.Select(route => route.Name).Except(_answered.Keys).Except(NeverDone).ToArray();
        Assert.True(unlucky.Length <= UnluckyMax, $"seed {Seed}: never done: {string.Join(", ", unlucky)}");
        Assert.Equal(0, await exchange.StopAsync(StopPatience));
        await OfflineAudit.PassesAsync(exchange.DataFolder);

        Task SendAllAsync((int User, RandomRequest Request)[] some) => Parallel.ForEachAsync(
            some, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (each, _) => SendAsync(exchange.Client, each.User, each.Request));
    }

    /// <summary>The operator comes after all users.</summary>
    private static int UserOf(int number) => number < Requests - FromAnOperator || number % 2 == 0 ? number % Users : Users;

    private async ValueTask SendAsync(HttpClient client, int user, RandomRequest request)
    {
        var token = _tokens[user];
        using var message = new HttpRequestMessage(request.Method, request.Path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Content.Headers.ContentType is { MediaType: "text/event-stream" })
        {
            _answered.TryAdd(request.Route, 1);
            return;
        }

        var body = await answer.Content.ReadAsStringAsync();
        _byStatus.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
        if (answer.IsSuccessStatusCode)
            _answered.AddOrUpdate(request.Route, 1, (_, count) => count + 1);
        if (ProblemOf(answer, body) is { } problem)
            _problems.Add($"{problem}: {request} -> {(int)answer.StatusCode} {body[..Math.Min(body.Length, 500)]}");
        if (_tokens[user] == token && body.Contains("SESSION_ENDED", StringComparison.Ordinal))
            _tokens[user] = await SignUpAsync(client, user);
    }

    private string? ProblemOf(HttpResponseMessage answer, string body)
    {
        if ((int)answer.StatusCode >= 500 && !IsSentAway(answer, body))
            return "A server error";
        var isMetrics = answer.IsSuccessStatusCode && answer.Content.Headers.ContentType is { MediaType: "text/plain" };
        if (body.Contains("   at ", StringComparison.Ordinal) || !isMetrics && body.Contains("Exception", StringComparison.Ordinal))
            return "Something of the inside";
        if ((int)answer.StatusCode < 400)
            return null;
        if (answer.Content.Headers.ContentType is not { MediaType: "application/json" })
            return body.Length == 0 && answer.Headers.ConnectionClose == true ? null : "Not the error format";
        using var json = JsonDocument.Parse(body);
        return CodeOf(json.RootElement) is { } code && _codes.Contains(code) ? null : "An unknown code";
    }

    /// <summary>Who is on the way to a grain that an operator sends away is told to come again, and when.</summary>
    private bool IsSentAway(HttpResponseMessage answer, string body) => _operatorActs
        && answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null }
        && body.Contains("\"UNAVAILABLE\"", StringComparison.Ordinal);

    /// <summary>The engine has an envelope of its own, with the same codes.</summary>
    private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("code", out var code)
        ? code.GetString()
        : answer.GetProperty("error").TryGetProperty("code", out code) ? code.GetString() : null;

    private static async Task<string> SignUpAsync(HttpClient client, int user)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/user/signup", new { email = user == Users ? Operator : $"fuzz{user}@example.org" });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("token").GetString()!;
    }

    private static HashSet<string> CodesOf(JsonElement description)
    {
        var error = description.GetProperty("components").GetProperty("schemas").GetProperty("Error").GetProperty("properties").GetProperty("error");
        return [.. error.GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!)];
    }
}
