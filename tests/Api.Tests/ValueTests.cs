using System.Net;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class ValueTests(ApiHost host)
{
    [Fact]
    public async Task The_value_lists_what_it_consists_of() => Assert.Equal(
        """{"asset":"USDT","value":"6650","time":7,"holdings":[{"asset":"BTC","amount":"0.1","value":"6500"}"""
            + """,{"asset":"INR","amount":"3","value":null}]}""",
        (await host.Caller().Get("/api/v1/portfolio/value")).Body);

    [Fact]
    public async Task The_history_goes_back_page_by_page()
    {
        var caller = host.Caller();
        caller.Portfolio.Points = [new ValuePoint(30, 3.50m), new ValuePoint(20, 2), new ValuePoint(10, 1)];

        var first = await caller.Get("/api/v1/portfolio/history?period=1d&limit=2");
        var second = await caller.Get("/api/v1/portfolio/history?period=1d&limit=2&cursor=20");

        Assert.Equal("""{"asset":"USDT","period":"1d","points":[{"time":30,"value":"3.5"},{"time":20,"value":"2"}],"nextCursor":"20"}""", first.Body);
        Assert.Equal("""{"asset":"USDT","period":"1d","points":[{"time":10,"value":"1"}],"nextCursor":null}""", second.Body);
    }

    [Theory]
    [InlineData("/api/v1/portfolio/value?asset=nope", HttpStatusCode.NotFound, "UNKNOWN_ASSET")]
    [InlineData("/api/v1/portfolio/value?userId=1", HttpStatusCode.Forbidden, "NOT_YOUR_ACCOUNT")]
    [InlineData("/api/v1/portfolio/history?userId=1", HttpStatusCode.Forbidden, "NOT_YOUR_ACCOUNT")]
    [InlineData("/api/v1/portfolio/history?period=7m", HttpStatusCode.BadRequest, "INVALID_FIELD")]
    [InlineData("/api/v1/portfolio/history?limit=1001", HttpStatusCode.BadRequest, "INVALID_FIELD")]
    public async Task What_cannot_be_asked_is_refused(string path, HttpStatusCode status, string code)
    {
        var answer = await host.Caller().Get(path);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }
}
