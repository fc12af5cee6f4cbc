using System.Diagnostics;
using System.Globalization;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Storage;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Bench.Journal;

/// <summary>
/// Pairs of orders that cross, as their portfolios and symbols would journal them: what following costs per order,
/// in step with the journal and when everything is read from scratch.
/// </summary>
public static class ReadModelBench
{
    private const int Accounts = 1_000;
    private const int Symbols = 6;

    public static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
        string folder = Directory.CreateTempSubdirectory("exchange-bench-").FullName;
        try
        {
            Measure(folder, orders).GetAwaiter().GetResult();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(string folder, int orders)
    {
        var options = new StorageOptions { DataFolder = folder, ReadModelInterval = TimeSpan.FromHours(1) };
        using ExchangeStorage storage = ExchangeStorage.Open(options, TimeProvider.System, NullLogger.Instance);
        var source = new Source(storage.Journal);
        await source.List();
        await storage.ReadModel.CatchUpAsync();

        double following = 0;
        const int PerStep = 2_000;
        for (int done = 0; done < orders; done += PerStep)
        {
            await source.Cross(PerStep / 2);
            double before = CpuMicroseconds();
            await storage.ReadModel.CatchUpAsync();
            following += CpuMicroseconds() - before;
        }

        var watch = Stopwatch.StartNew();
        double start = CpuMicroseconds();
        await storage.ReadModel.RebuildAsync();
        double rebuilding = CpuMicroseconds() - start;
        long bytes = new FileInfo(Path.Combine(folder, "readmodel.db")).Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"read model: {orders} orders of {Accounts} accounts; {following / orders:0.0} us of CPU per order following {PerStep} at a time, "
                + $"{rebuilding / orders:0.0} us from scratch ({source.Records / watch.Elapsed.TotalSeconds:0} records/s); "
                + $"{bytes / orders} bytes per order"));
    }

    private static double CpuMicroseconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMicroseconds;
    }

    private sealed class Source(IJournal journal)
    {
        private readonly Dictionary<string, long> _heads = [];
        private readonly long[] _counters = new long[Accounts + 1];
        private readonly Random _random = new(1);
        private readonly List<Task> _appends = [];
        private long _trade;

        public long Records { get; private set; }

        public async Task List()
        {
            for (int number = 1; number <= Symbols; number++)
            {
                Append(Streams.Markets, new MarketListed(Listing(number)));
            }

            await Durable();
        }

        public async Task Cross(int pairs)
        {
            for (int pair = 0; pair < pairs; pair++)
            {
                string symbol = $"S{_random.Next(1, Symbols + 1)}_USDT";
                (long maker, long makerId) = Place(symbol, Side.Sell);
                Append(Streams.Symbol(symbol), Accepted(makerId, maker, Side.Sell), new OrderRested(makerId, 5));
                (long taker, long takerId) = Place(symbol, Side.Buy);
                Append(
                    Streams.Symbol(symbol),
                    Accepted(takerId, taker, Side.Buy),
                    new Traded(++_trade, Side.Buy, takerId, taker, makerId, maker, 6_543_210, 5, 0.000005m, 0.327m),
                    new OrderDone(makerId, maker, OrderStatus.Filled, Reason.None, 5, 327.1605m),
                    new OrderDone(takerId, taker, OrderStatus.Filled, Reason.None, 5, 327.1605m));
                Settle(symbol, maker, makerId);
                Settle(symbol, taker, takerId);
            }

            await Durable();
        }

        private (long Account, long OrderId) Place(string symbol, Side side)
        {
            int account = _random.Next(1, Accounts + 1);
            long id = ((long)account << 32) | ++_counters[account];
            Append(Streams.Portfolio(account), new OrderPlaced(
                id, $"x-{id}-{symbol}", symbol, side, OrderType.Limit, TimeInForce.GoodTillCancelled, 65_432.10m, 0.005m, 0, 0,
                SelfTradePrevention.None, "USDT", 327.1605m));
            return (account, id);
        }

        private void Settle(string symbol, long account, long order) => Append(
            Streams.Portfolio(account),
            new FillSettled(symbol, _trade, 1, _trade, order, "S1", 0.005m, "USDT", -327.1605m, "USDT", 0.327m, 327.1605m),
            new OrderEnded(symbol, _trade, order, OrderStatus.Filled, Reason.None, 0));

        private static OrderAccepted Accepted(long id, long account, Side side) => new(
            id, account, $"x-{id}", side, OrderType.Limit, TimeInForce.GoodTillCancelled, 6_543_210, 5, 0, 5, SelfTradePrevention.None);

        private void Append(string stream, params DomainEvent[] events)
        {
            long head = _heads.GetValueOrDefault(stream);
            _heads[stream] = head + 1;
            Records++;
            _appends.Add(journal.AppendAsync(stream, head, EventCodec.Encode(new EventBatch(1_700_000_000_000 + Records, events))));
        }

        private async Task Durable()
        {
            await Task.WhenAll(_appends);
            _appends.Clear();
        }

        private static Market Listing(int number) => DefaultMarkets.All[0] with
        {
            Number = number,
            Symbol = $"S{number}_USDT",
            Base = $"S{number}",
            LotSize = 0.001m,
            Venue = "",
        };
    }
}
