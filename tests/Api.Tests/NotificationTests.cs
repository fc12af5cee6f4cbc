using System.Net;
using System.Text.Json;
using Exchange.Api.Notifications;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class NotificationTests(ApiHost host)
{
    [Fact]
    public async Task Notifications_come_newest_first_page_by_page_and_only_ones_own()
    {
        var caller = host.Caller();
        for (var n = 0; n < 3; n++)
            await host.Notifications.AddAsync(caller.Account, "POSITION_STOP_LOSS", $$"""{"symbol":"BTC_USDT","n":{{n}}}""");
        await host.Notifications.AddAsync(caller.Account + 100_000, "POSITION_CLOSED", "{}");

        var first = Read<NotificationPage>((await caller.Get("/api/v1/notifications?limit=2")).Body);
        var second = Read<NotificationPage>((await caller.Get($"/api/v1/notifications?limit=2&cursor={first.NextCursor}")).Body);

        Assert.Equal([2, 1], first.Notifications.Select(known => known.Data.GetProperty("n").GetInt32()));
        Assert.Equal(0, Assert.Single(second.Notifications).Data.GetProperty("n").GetInt32());
        Assert.Equal((3, null), (first.Unread, second.NextCursor));
        Assert.Equal(("POSITION_STOP_LOSS", false, 7), (first.Notifications[0].Kind, first.Notifications[0].IsRead, first.Notifications[0].Time));
    }

    [Fact]
    public async Task What_is_marked_as_read_is_no_longer_unread()
    {
        var caller = host.Caller();
        var id = 0L;
        for (var n = 0; n < 3; n++)
            id = await host.Notifications.AddAsync(caller.Account, "POSITION_CLOSED", "{}");

        var marked = Read<MarkedRead>((await caller.Post("/api/v1/notifications/read", $$"""{"upToId":"{{id - 1}}"}""")).Body);
        var again = Read<MarkedRead>((await caller.Post("/api/v1/notifications/read", $$"""{"upToId":"{{id - 1}}"}""")).Body);
        var unread = Read<NotificationPage>((await caller.Get("/api/v1/notifications?unread=true")).Body);

        Assert.Equal((2, 1, 0), (marked.Marked, marked.Unread, again.Marked));
        Assert.False(Assert.Single(unread.Notifications).IsRead);
        Assert.Equal("""{"unread":1}""", (await caller.Get("/api/v1/notifications/unread")).Body);
    }

    [Theory]
    [InlineData("{}", "MISSING_FIELD")]
    [InlineData("""{"upToId":"-1"}""", "INVALID_FIELD")]
    [InlineData("""{"upToId":"1","account":"2"}""", "UNKNOWN_FIELD")]
    public async Task What_marks_nothing_is_refused(string body, string code) =>
        Assert.Equal(code, (await host.Caller().Post("/api/v1/notifications/read", body)).Code);

    [Theory]
    [InlineData("/api/v1/notifications?unread=maybe", "INVALID_FIELD")]
    [InlineData("/api/v1/notifications?limit=0", "INVALID_FIELD")]
    [InlineData("/api/v1/notifications?userId=1", "NOT_YOUR_ACCOUNT")]
    public async Task What_cannot_be_asked_is_refused(string path, string code) =>
        Assert.Equal(code, (await host.Caller().Get(path)).Code);

    [Fact]
    public async Task Strangers_see_nothing() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().Get("/api/v1/notifications")).Status);

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
}
