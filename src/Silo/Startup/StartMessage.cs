using Exchange.Api.Auth;
using Exchange.Silo.Engine;
using Exchange.Storage;
using Microsoft.Extensions.Options;

namespace Exchange.Silo.Startup;

/// <summary>What somebody who has just started the exchange wants to know.</summary>
internal static class StartMessage
{
    public static void Write(TextWriter output, WebApplication app)
    {
        var url = app.Urls.First();
        var folder = Path.GetFullPath(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder);
        var place = app.Services.GetRequiredService<ExchangeStorage>().Place;
        var auth = app.Services.GetRequiredService<AuthOptions>();
        output.WriteLine($"""

            The exchange is open at {string.Join(", ", app.Urls)}
              data folder   {folder}
              storage       {place}
              engine        {GrainEngine.Name}
              API document  {url}/openapi/v1.json

            Open {url} in a browser, or begin in another terminal:
              curl {url}/api/v1/markets
              curl '{url}/api/v1/depth?symbol=BTC_USDT&limit=5'
            """);
        if (auth.DevelopmentMode)
            WriteDevelopmentSteps(output, url);
        if (auth.DevelopmentMode && app.Urls.Any(IsReachableFromOutside))
            output.WriteLine(
                "\nWarning: development mode hands out tokens to anybody who can connect, and this address is not only yours. Set "
                    + "Auth:DevelopmentMode to false.");
        output.WriteLine("\nCtrl+C closes it.");
        output.Flush();
    }

    private static void WriteDevelopmentSteps(TextWriter output, string url) => output.WriteLine($$"""
          TOKEN=$(curl -s {{url}}/api/v1/user/signup -H 'Content-Type: application/json' -d '{"email":"me@example.org"}' \
             | sed 's/.*"token":"\([^"]*\)".*/\1/')
          curl {{url}}/api/v1/onramp -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"asset":"USDT","amount":"10000"}'
          curl {{url}}/api/v1/order -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
             -d '{"market":"BTC_USDT","side":"buy","type":"market","quoteAmount":"500"}'
          curl {{url}}/api/v1/balances -H "Authorization: Bearer $TOKEN"
        """);

    private static bool IsReachableFromOutside(string address) =>
        Uri.TryCreate(
            address.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute,
            out var uri)
        && !uri.IsLoopback;
}
