using System.Net;
using System.Text.RegularExpressions;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

public sealed partial class PageTests
{
    [Fact]
    public async Task The_exchange_serves_its_page_with_everything_that_the_page_names()
    {
        using var exchange = await RunningExchange.StartAsync();

        var page = await exchange.Client.GetStringAsync("/trade/BTC_USDT");

        var names = Names().Matches(page).Select(match => match.Value).Distinct().ToArray();
        Assert.Contains(names, name => name.EndsWith("/js/app.js", StringComparison.Ordinal));
        foreach (var name in names)
        {
            using var file = await exchange.Client.GetAsync(name);
            Assert.Equal((name, HttpStatusCode.OK), (name, file.StatusCode));
        }
    }

    [GeneratedRegex("/assets/[^\"]+")]
    private static partial Regex Names();
}
