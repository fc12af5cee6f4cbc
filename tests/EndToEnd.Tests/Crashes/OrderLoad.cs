using System.Collections.Concurrent;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Crashes;

/// <summary>
/// Traders who place orders that cross, and cancel some, until the exchange is gone or they are told to stop.
/// Everything they sent is remembered with what they heard of it.
/// </summary>
internal sealed class OrderLoad(IReadOnlyList<Trader> traders, IReadOnlyList<LoadMarket> markets, string round, int seed)
{
    private const int LoopsPerTrader = 3;

    private volatile bool _stopped;
    private int _acknowledged;

    public ConcurrentQueue<SentOrder> Sent { get; } = [];
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public Task RunAsync()
    {
        var loops = traders.SelectMany((trader, t) => Enumerable.Range(0, LoopsPerTrader)
            .Select(loop => TradeAsync(trader, $"{round}-{loop}", new Random(HashCode.Combine(seed, t, loop)))));
        return Task.WhenAll(loops);
    }

    public void Stop() => _stopped = true;

    private async Task TradeAsync(Trader trader, string name, Random random)
    {
        SentOrder? resting = null;
        try
        {
            for (var i = 0; !_stopped; i++)
            {
                var sent = new SentOrder(trader, markets[random.Next(markets.Count)].Draw(random, $"{name}-{i}"));
                Sent.Enqueue(sent);
                await PlaceAsync(sent);
                if (resting is not null && random.Next(3) == 0)
                    await CancelAsync(resting);
                resting = sent.Acknowledged is { IsOpen: true } ? sent : null;
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // The exchange is gone, and with it the answer to the last request.
        }
    }

    private async Task PlaceAsync(SentOrder sent)
    {
        try
        {
            sent.Acknowledged = await sent.Trader.PlaceAsync(sent.Order);
            Interlocked.Increment(ref _acknowledged);
        }
        catch (RefusedException refused) when ((int)refused.Status < 500)
        {
            sent.Refused = true;
        }
        catch (RefusedException refused) when (refused.LeavesOutcomeOpen)
        {
            // Neither acknowledged nor refused: it may be there, whole, or not at all.
        }
    }

    /// <summary>A cancel may come too late; only one that was acknowledged must last.</summary>
    private static async Task CancelAsync(SentOrder sent)
    {
        try
        {
            sent.Acknowledged = await sent.Trader.CancelAsync(sent.Order.Market, sent.Order.ClientOrderId);
        }
        catch (RefusedException refused) when ((int)refused.Status < 500 || refused.LeavesOutcomeOpen)
        {
        }
    }
}

/// <summary>Draws orders around a price, so near to each other that most of them trade.</summary>
internal sealed record LoadMarket(string Symbol, decimal Middle, decimal Tick, decimal Quantity, bool HasVenue)
{
    private const int TicksAround = 3;
    private const int LargestMultiple = 5;

    public NewOrder Draw(Random random, string clientOrderId)
    {
        var side = random.Next(2) == 0 ? "buy" : "sell";
        var quantity = Quantity * random.Next(1, LargestMultiple + 1);
        if (HasVenue && random.Next(8) == 0)
            return NewOrder.AtMarket(Symbol, side, quantity, clientOrderId);
        var price = Math.Round(Middle / Tick) * Tick + Tick * random.Next(-TicksAround, TicksAround + 1);
        return NewOrder.Limit(Symbol, side, price, quantity, clientOrderId);
    }
}
