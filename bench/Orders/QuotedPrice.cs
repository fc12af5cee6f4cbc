using System.Globalization;
using System.Text.Json;

namespace Exchange.Bench.Orders;

/// <summary>
/// The price at which a market's orders are to cross. Where a venue's price wanders it is followed: at a fixed price the
/// venue would take all orders of one side, and those of the other would pile up.
/// </summary>
public sealed class QuotedPrice(decimal start)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private volatile object _current = start;

    public decimal Current => (decimal)_current;

    public async Task FollowAsync(Uri silo, string symbol, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = silo };
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                if (await MiddleAsync(client, symbol, cancellation) is { } middle)
                    _current = middle;
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task<decimal?> MiddleAsync(HttpClient client, string symbol, CancellationToken cancellation)
    {
        using var depth = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/depth?symbol={symbol}&limit=1", cancellation));
        return Best(depth, "bids") is { } bid && Best(depth, "asks") is { } ask ? Math.Round((bid + ask) / 2, 2) : null;
    }

    private static decimal? Best(JsonDocument depth, string side)
    {
        var levels = depth.RootElement.GetProperty(side);
        return levels.GetArrayLength() == 0 ? null : decimal.Parse(levels[0][0].GetString()!, CultureInfo.InvariantCulture);
    }
}
