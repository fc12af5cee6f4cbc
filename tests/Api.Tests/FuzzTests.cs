using System.Text.Json;
using Exchange.Api.Errors;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class FuzzTests(ApiHost host)
{
    private const int Requests = 30_000;
    private const int Seed = 20260101;

    private static readonly HashSet<string> Codes = [.. EdgeErrors.All.Concat(ReasonErrors.All.Values).Select(error => error.Code)];

    [Fact]
    public async Task Nothing_that_a_client_sends_breaks_the_front_door()
    {
        var caller = host.Caller();
        var random = new RandomRequests(Seed);
        var requests = Enumerable.Range(0, Requests).Select(_ => random.Next()).ToArray();
        var accepted = 0;

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var answer = await Send(caller, request);
            if ((int)answer.Status < 400)
                Interlocked.Increment(ref accepted);
            else if (Problem(answer) is { } problem)
                Assert.Fail($"{problem} (seed {Seed}): {request.Method} {request.Path} {Show(request.Body)} -> {(int)answer.Status} {answer.Body}");
        });

        Assert.InRange(accepted, 1, Requests / 2);
    }

    private static async Task<Answer> Send(ApiClient caller, RandomRequest request)
    {
        using var content = request.Body is null ? null : new ByteArrayContent(request.Body);
        content?.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        return await caller.Send(request.Method, request.Path, content);
    }

    private static string? Problem(Answer answer)
    {
        if ((int)answer.Status >= 500)
            return "A server error";
        if (answer.Body.Contains("   at ", StringComparison.Ordinal) || answer.Body.Contains("Exception", StringComparison.Ordinal))
            return "Something of the inside";
        if (answer.Message.Content.Headers.ContentType is not { MediaType: "application/json" })
            return answer.Body.Length == 0 && answer.Message.Headers.ConnectionClose == true ? null : "Not the error format";
        return Codes.Contains(answer.Code) ? null : "An unknown code";
    }

    private static string Show(byte[]? body) => body is null ? "no body" : JsonSerializer.Serialize(System.Text.Encoding.Latin1.GetString(body));
}
