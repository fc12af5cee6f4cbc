using System.Net.Http.Json;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>An exchange at whatever address it has at the moment.</summary>
internal interface IReachable
{
    HttpClient Client { get; }
}

internal static class Reachable
{
    public static async Task<Depth> DepthAsync(this IReachable exchange, string symbol) =>
        await exchange.Client.GetFromJsonAsync<Depth>($"/api/v1/depth?symbol={symbol}", Wire.Json)
            ?? throw new InvalidDataException("No depth.");

    /// <summary>Waits for the venue's depth where there is one.</summary>
    public static async Task<decimal> MiddleAsync(this IReachable exchange, string symbol)
    {
        Depth depth = new([], []);
        await Eventually.HoldsAsync(async () =>
        {
            depth = await exchange.DepthAsync(symbol);
            Assert.NotEmpty(depth.Bids);
            Assert.NotEmpty(depth.Asks);
        });
        return (depth.Bids[0][0] + depth.Asks[0][0]) / 2;
    }
}
