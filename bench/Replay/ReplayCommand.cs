using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Bench.Replay;

/// <summary>Runs a recorded stream through matcher and book in memory and prints what it traded and how fast.</summary>
public static class ReplayCommand
{
    private const int WarmUpPasses = 20;
    private const int MeasuredPasses = 5;
    private const int BatchSize = 1024;
    private const int Accounts = 1024;

    public static int Run(string[] args)
    {
        var naive = args is [_, "--book", "naive"];
        if (!naive && args is not ([_] or [_, "--book", "fast"]))
        {
            Console.Error.WriteLine("usage: bench replay FILE [--book fast|naive]");
            return 2;
        }

        if (!File.Exists(args[0]))
        {
            Console.Error.WriteLine($"There is no file {args[0]}.");
            return 2;
        }

        var records = StreamRecord.Load(args[0]);
        if (naive)
            Measure(new NaiveOrderBook(), records, warmUpPasses: 0);
        else
            Measure(new FastBook(new LadderOrderBook()), records, WarmUpPasses);
        return 0;
    }

    /// <summary>The book is emptied before each pass but keeps its memory, as in a market that has been open a while.</summary>
    private static void Measure<TBook>(TBook book, StreamRecord[] records, int warmUpPasses)
        where TBook : IOrderBook
    {
        var result = new TradeHash();
        for (var i = 0; i < warmUpPasses; i++)
        {
            book.Clear();
            Replay(book, records);
        }

        var rates = new double[MeasuredPasses];
        var allocated = 0L;
        for (var i = 0; i < MeasuredPasses; i++)
        {
            book.Clear();
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            result = Replay(book, records);
            rates[i] = records.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }

        Array.Sort(rates);
        var bytesPerOperation = (double)allocated / MeasuredPasses / records.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"trades {result.Trades} quantity {result.Quantity} notional {result.Notional} hash {result.Hash:x16} "
            + $"ops/s {rates[MeasuredPasses / 2]:F0} allocated {bytesPerOperation:F3} B/op"));
    }

    private static TradeHash Replay<TBook>(TBook book, StreamRecord[] records)
        where TBook : IOrderBook
    {
        var sink = new TradeHash();
        for (var from = 0; from < records.Length; from += BatchSize)
            ReplayBatch(book, records.AsSpan(from, Math.Min(BatchSize, records.Length - from)), ref sink);
        return sink;
    }

    /// <summary>
    /// Compiled once and for good, so that what changes while the runtime warms up is the book and not its driver.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReplayBatch<TBook>(TBook book, ReadOnlySpan<StreamRecord> records, ref TradeHash sink)
        where TBook : IOrderBook
    {
        var venue = default(NoVenue);
        foreach (ref readonly var record in records)
        {
            var id = OrderId(record.OrderId);
            if (record.Type == RecordType.Cancel)
            {
                book.Remove(id);
                continue;
            }

            sink.Taker = record.OrderId;
            var order = new Order
            {
                Id = id,
                Account = record.OrderId,
                Side = record.Side,
                Price = record.Price,
                Lots = record.Quantity,
                TimeInForce = (TimeInForce)record.Type,
                Prevention = SelfTradePrevention.ExpireMaker,
            };
            Matcher.Execute(book, order, ref venue, ref sink);
        }
    }

    /// <summary>Ids as the exchange gives them out. Accounts differ per order, so self-trade checks run but never hit.</summary>
    private static long OrderId(uint number) => (long)(1 + number % Accounts) << 32 | number;
}
