using System.Diagnostics;
using Exchange.Domain;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Feeds.Binance;
using Exchange.VenueSimulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Bench.Feed;

/// <summary>
/// A venue on loopback sends depth updates at a steady rate; each carries the microsecond at which it was made as its
/// quantity, so the listener knows how long it was under way. Venue and feed share the machine.
/// </summary>
internal static class SocketDelay
{
    public const int Markets = 20;

    private const decimal LotSize = 0.00000001m;

    public readonly record struct Result(double UpdatesPerSecond, double P50Ms, double P99Ms, double MaxMs);

    public static async Task<Result> MeasureAsync(int updatesPerSecond, TimeSpan duration)
    {
        await using var venue = await BinanceSimulator.StartAsync(TimeProvider.System);
        using var http = new HttpClient();
        var options = new BinanceOptions { RestBase = venue.Http, StreamBase = venue.Ws };
        using var feed = BinanceFeed.Create(options, http, null, TimeProvider.System, new Random(1), NullLogger.Instance);
        string[] symbols = [.. Enumerable.Range(10, Markets).Select(number => $"B{number}USDT")];
        var listeners = new List<DelayListener>();
        foreach (string symbol in symbols)
        {
            venue.Add(symbol, 60_000, lot: LotSize);
            var listener = new DelayListener();
            listeners.Add(listener);
            feed.Subscribe(FeedMarkets.Of(symbol, LotSize), listener);
        }
        while (listeners.Exists(listener => !listener.IsLive))
            await Task.Delay(10);

        Send(venue, symbols, updatesPerSecond, TimeSpan.FromSeconds(2));
        listeners.ForEach(listener => listener.Forget());
        var start = Stopwatch.GetTimestamp();
        int sent = Send(venue, symbols, updatesPerSecond, duration);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        while (listeners.Sum(listener => listener.Count) < sent)
            await Task.Delay(10);
        long[] delays = [.. listeners.SelectMany(listener => listener.Delays).Order()];
        return new Result(sent / seconds, delays[delays.Length / 2] / 1e3, delays[(int)(delays.Length * 0.99)] / 1e3, delays[^1] / 1e3);
    }

    private static int Send(BinanceSimulator venue, string[] symbols, int updatesPerSecond, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        int sent = 0;
        while (true)
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= duration)
                return sent;
            for (int due = (int)(elapsed.TotalSeconds * updatesPerSecond); sent < due; sent++)
            {
                decimal price = 59_999 - sent / symbols.Length % 40 * 0.01m;
                venue.SendLie(symbols[sent % symbols.Length], new VenueBook.Change(true, price, NowMicroseconds() * LotSize));
            }
            Thread.Sleep(1);
        }
    }

    private static long NowMicroseconds() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    private sealed class DelayListener : IFeedListener
    {
        private readonly FeedMailbox _mailbox = new(static () => { });
        private readonly List<long> _delays = [];
        private volatile bool _live;
        private int _count;

        public bool IsLive => _live;
        public int Count => Volatile.Read(ref _count);
        public IReadOnlyList<long> Delays => _delays;

        public void Forget()
        {
            Thread.Sleep(200);
            _delays.Clear();
            Volatile.Write(ref _count, 0);
        }

        public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs) =>
            _mailbox.OnDepthSnapshot(bids, asks, atMs);

        public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
        {
            _mailbox.OnDepthChanges(changes, atMs);
            _delays.Add(NowMicroseconds() - changes[0].Lots);
            Interlocked.Increment(ref _count);
        }

        public void OnTrade(in VenueTrade trade) => _mailbox.OnTrade(trade);

        public void OnBest(in BestQuote best) => _mailbox.OnBest(best);

        public void OnMark(long price, long atMs) => _mailbox.OnMark(price, atMs);

        public void OnState(FeedState state, string reason, long atMs)
        {
            _mailbox.OnState(state, reason, atMs);
            _live = state == FeedState.Live;
        }
    }
}
