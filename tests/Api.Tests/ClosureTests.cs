using System.Net;
using System.Text.Json;

namespace Exchange.Api.Tests;

public sealed class ClosureTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Operators_see_what_was_told_and_what_was_not()
    {
        var answer = JsonDocument.Parse((await _host.OperatorClient().Get("/api/admin/closures")).Body).RootElement;

        Assert.Equal(("POSITION_CLOSED", 4, 1), (
            answer.GetProperty("counts")[0].GetProperty("kind").GetString(), answer.GetProperty("counts")[0].GetProperty("completed").GetInt32(),
            answer.GetProperty("counts")[0].GetProperty("failed").GetInt32()));
        Assert.Equal(("BTC_USDT:7:0", "FAILED", 3), (
            answer.GetProperty("closures")[0].GetProperty("key").GetString(), answer.GetProperty("closures")[0].GetProperty("outcome").GetString(),
            answer.GetProperty("closures")[0].GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task A_list_of_everybodys_closures_takes_no_user()
    {
        Assert.Equal("UNKNOWN_FIELD", (await _host.OperatorClient().Get("/api/admin/closures?userId=1")).Code);
        Assert.Equal("INVALID_FIELD", (await _host.OperatorClient().Get("/api/admin/closures?limit=0")).Code);
    }

    [Fact]
    public async Task A_dead_letter_is_tried_again_or_given_up_and_that_is_audited()
    {
        var admin = _host.OperatorClient();
        Assert.Equal(2, Waiting(await admin.Get("/api/admin/closures/letters")));

        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/api/admin/closures/letters/retry", Letter(1))).Status);
        Assert.Equal("UNKNOWN_DEAD_LETTER", (await admin.Post("/api/admin/closures/letters/retry", Letter(1))).Code);
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/api/admin/closures/letters/giveUp", Letter(2))).Status);
        Assert.Equal("UNKNOWN_DEAD_LETTER", (await admin.Post("/api/admin/closures/letters/giveUp", Letter(77))).Code);

        Assert.Equal(0, Waiting(await admin.Get("/api/admin/closures/letters")));
        Assert.Equal(4, _host.Audit.Entries.Count(entry => entry.Action.StartsWith("closure", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/api/admin/closures")]
    [InlineData("/api/admin/closures/letters")]
    public async Task Others_may_not_look(string path) => Assert.Equal("ADMINS_ONLY", (await _host.Caller().Get(path)).Code);

    [Fact]
    public async Task Others_may_not_act() =>
        Assert.Equal("ADMINS_ONLY", (await _host.Caller().Post("/api/admin/closures/letters/retry", Letter(1))).Code);

    private static string Letter(long id) => $$"""{"letterId":"{{id}}"}""";

    private static long Waiting(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("letters").GetArrayLength();
}
