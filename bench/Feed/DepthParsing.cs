using System.Diagnostics;
using System.Globalization;
using System.Text;
using Exchange.Domain.Orders;
using Exchange.Feeds;
using Exchange.Feeds.Binance;
using Exchange.Feeds.Venues;
using Exchange.VenueSimulator;

namespace Exchange.Bench.Feed;

/// <summary>
/// Binance's depth messages from memory through the whole path: parsed, sequence checked, mirrored by the feed, and
/// handed to a mailbox that is drained as a grain would.
/// </summary>
internal static class DepthParsing
{
    private const int Updates = 100_000;
    private const int Passes = 5;

    /// <summary>The compiler replaces what runs often by something faster, and needs a while for it.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    private const int UpdatesPerDrain = 100;
    private const string Symbol = "BTCUSDT";

    /// <param name="UpdatesPerCpuSecond">What the core would do if it had nothing else to do.</param>
    public readonly record struct Result(
        double UpdatesPerSecond, double LevelsPerSecond, double UpdatesPerCpuSecond, double BytesPerUpdate);

    public static Result Measure(int levelsPerUpdate)
    {
        var book = new VenueBook(Symbol, 60_000, 0.01m, 0.00001m, levels: 500, seed: 1);
        var (bids, asks) = (book.Bids, book.Asks);
        long firstId = book.LastId;
        long levels = 0;
        var messages = new byte[Updates][];
        for (int i = 0; i < Updates; i++)
        {
            var changes = book.Step(levelsPerUpdate);
            levels += changes.Count;
            messages[i] = Message(changes, firstId + i + 1);
        }

        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            var (reader, mailbox) = Ready(bids, asks, firstId);
            Play(messages, reader, mailbox);
        }

        var times = new List<double>();
        var cpuTimes = new List<double>();
        long allocated = 0;
        for (int pass = 0; pass < Passes; pass++)
        {
            var (reader, mailbox) = Ready(bids, asks, firstId);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            Play(messages, reader, mailbox);
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpuTimes.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        times.Sort();
        cpuTimes.Sort();
        double seconds = times[Passes / 2];
        return new Result(Updates / seconds, levels / seconds, Updates / cpuTimes[Passes / 2], (double)allocated / Updates);
    }

    private static void Play(byte[][] messages, BinanceReader reader, FeedMailbox mailbox)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            reader.Read(messages[i]);
            if (i % UpdatesPerDrain == 0)
                mailbox.Drain();
        }
        if (mailbox.Drain().WasInterrupted)
            throw new InvalidOperationException("The feed lost its way in its own messages.");
    }

    private static (BinanceReader Reader, FeedMailbox Mailbox) Ready(
        IReadOnlyList<(decimal Price, decimal Quantity)> bids, IReadOnlyList<(decimal Price, decimal Quantity)> asks, long id)
    {
        var mailbox = new FeedMailbox(static () => { });
        var session = new MarketSession(
            FeedMarkets.Of(Symbol, 0.00001m), Symbol, 1, DepthStyle.Diffs, mailbox, TimeProvider.System, new FeedCounters("bench"), static _ => { });
        session.Joining(1);
        session.Joined(1);
        session.NeedsSnapshot(out int attempt);
        var levels = new DepthScratch();
        foreach (var (price, quantity) in bids)
            levels.TryAdd(Side.Buy, Text(price), Text(quantity), session.Ticks, session.Lots);
        foreach (var (price, quantity) in asks)
            levels.TryAdd(Side.Sell, Text(price), Text(quantity), session.Ticks, session.Lots);
        session.OnSnapshot(attempt, id, levels, session.DepthPrices);
        var sessions = new SessionTable();
        sessions.Add(session);
        mailbox.Drain();
        return (new BinanceReader(1, sessions), mailbox);
    }

    private static byte[] Message(IReadOnlyCollection<VenueBook.Change> changes, long id) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"e\":\"depthUpdate\",\"E\":1772366400000,\"s\":\"{Symbol}\",\"U\":{id},\"u\":{id},"
            + $"\"b\":[{Levels(changes, true)}],\"a\":[{Levels(changes, false)}]}}"));

    private static string Levels(IEnumerable<VenueBook.Change> changes, bool bids) => string.Join(
        ',', changes.Where(change => change.IsBid == bids)
            .Select(change => $"[\"{VenueBook.Text(change.Price)}\",\"{VenueBook.Text(change.Quantity)}\"]"));

    private static byte[] Text(decimal value) => Encoding.ASCII.GetBytes(VenueBook.Text(value));
}
