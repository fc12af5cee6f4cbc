using System.Collections.Concurrent;
using System.Diagnostics;
using Exchange.EndToEnd.Tests.Crashes;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>
/// Traders who do as docs/api.md tells them: an order that got no answer is sent again, with the same client order id, until it
/// has one.
/// </summary>
internal sealed class PersistentLoad(IReadOnlyList<Trader> traders, IReadOnlyList<LoadMarket> markets, int seed)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private volatile bool _stopped;
    private int _acknowledged;
    private long _longestWait;

    public ConcurrentQueue<SentOrder> Sent { get; } = [];
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>From the first attempt at an order to its answer.</summary>
    public TimeSpan LongestWait => TimeSpan.FromTicks(Volatile.Read(ref _longestWait));

    /// <summary>How many orders were refused for good, by code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public Task RunAsync() => Task.WhenAll(traders.Select((trader, t) => TradeAsync(trader, new Random(HashCode.Combine(seed, t)))));

    public void Stop() => _stopped = true;

    /// <summary>The longest wait since it was last asked for.</summary>
    public TimeSpan TakeLongestWait() => TimeSpan.FromTicks(Interlocked.Exchange(ref _longestWait, 0));

    private async Task TradeAsync(Trader trader, Random random)
    {
        for (var i = 0; !_stopped; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var order = markets[random.Next(markets.Count)].Draw(random, $"c-{i}");
            for (var attempt = 1; await IsLostAsync(trader, order); attempt++)
                order = order with { ClientOrderId = $"c-{i}-{attempt}" };
            KeepLongest(Stopwatch.GetElapsedTime(started).Ticks);
            await Task.Delay(Pace);
        }
    }

    /// <summary>Answered with the word that it never reached its market, which was its end: whoever still wants it makes a new order.</summary>
    private async Task<bool> IsLostAsync(Trader trader, NewOrder order)
    {
        var sent = new SentOrder(trader, order);
        Sent.Enqueue(sent);
        while (!await IsAnsweredAsync(sent))
            await Task.Delay(BeforeRetry);
        return sent.Lost;
    }

    private async Task<bool> IsAnsweredAsync(SentOrder sent)
    {
        try
        {
            sent.Acknowledged = await sent.Trader.PlaceAsync(sent.Order);
            Interlocked.Increment(ref _acknowledged);
            return true;
        }
        catch (RefusedException refused) when (refused.LeavesOutcomeOpen)
        {
            return false;
        }
        catch (RefusedException refused) when ((int)refused.Status < 500)
        {
            sent.Refused = true;
            sent.Lost = refused.Code == "NEVER_REACHED_MARKET";
            _refusals.AddOrUpdate(refused.Code, 1, (_, count) => count + 1);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void KeepLongest(long ticks)
    {
        var longest = Volatile.Read(ref _longestWait);
        while (ticks > longest)
            longest = Interlocked.CompareExchange(ref _longestWait, ticks, longest);
    }
}
