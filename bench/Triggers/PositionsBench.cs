using System.Diagnostics;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Bench.Triggers;

/// <summary>The same one floor up: trailing stops, and a position book whose positions all go in one crash.</summary>
internal static class PositionsBench
{
    private const int Trailing = 1_000_000;
    private const int Positions = 500_000;
    private const int Ticks = 2_000_000;
    private const long Entry = 23_600;

    private static readonly Market Sol = DefaultMarkets.All.Single(market => market.Symbol == "SOL_USDC");

    public static void Run()
    {
        TrailingHighs();
        QuietTicks(10);
        QuietTicks(Positions);
        Cascade();
    }

    /// <summary>Every tick is a new high, and every trailing stop has a distance of its own.</summary>
    private static void TrailingHighs()
    {
        var watch = new PriceWatch(TriggerDirection.Falling);
        for (var id = 1; id <= Trailing; id++)
            watch.Arm(new TrailingStop(id, 3, TriggerDirection.Falling, TrailUnit.Ticks, 100 + id, 2_000_000));
        var sink = new Count();
        var path = PricePath.At(2_000_000);
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i <= Ticks; i++)
            watch.Fire(path = path.To(2_000_000 + i), ref sink);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        watch.Validate();
        Console.WriteLine(
            $"trailing, {Trailing:N0} armed with distances of their own, each tick a new high: {Ticks / seconds / 1e6:F1}M ticks/s, fired "
                + $"{sink.Fires}");
    }

    private static void QuietTicks(int positions)
    {
        var book = Open(positions);
        var desk = new TickDesk(book, _ => throw new InvalidOperationException("A quiet tick decided something."));
        var path = PricePath.At(Entry);
        var start = 0L;
        for (var i = -Ticks; i < Ticks; i++)
        {
            if (i == 0)
                start = Stopwatch.GetTimestamp();
            path = path.To(Entry + i % 10);
            desk.Tick(new MarketTick(path, path, path), 1);
        }

        var nanoseconds = Stopwatch.GetElapsedTime(start).TotalSeconds / Ticks * 1e9;
        Console.WriteLine($"position book, {positions:N0} open, quiet ticks of bid, ask and mark: {nanoseconds:F0} ns/tick");
    }

    private static void Cascade()
    {
        var book = Open(Positions);
        var closed = 0;
        var desk = new TickDesk(book, Take);
        var positions = new PositionDesk(book, CfdTerms.Default, Take);
        var start = Stopwatch.GetTimestamp();
        var path = PricePath.At(Entry);
        for (var price = Entry; price > Entry / 3; price -= 50)
        {
            path = path.To(price);
            desk.Tick(new MarketTick(path, path, path), 0);
            foreach (var position in book.Closing.ToList())
                positions.Exited(position.Id, new MarketFill(position.Lots, Sol.NotionalOf(price, position.Lots)));
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        book.Validate();
        if (closed != Positions || !book.IsEmpty)
            throw new InvalidOperationException($"{closed} of {Positions} closed and {book.Count} are left.");
        Console.WriteLine(
            $"position book, cascade of {Positions:N0} stops, targets, trailing stops and liquidations armed: {Positions / seconds / 1e3:F0}k "
                + "closed/s, "
            + "each decided and closed once, book empty and valid");

        void Take(DomainEvent happened)
        {
            book.Apply(happened, 0);
            closed += happened is PositionClosed ? 1 : 0;
        }
    }

    private static PositionBook Open(int count)
    {
        var book = new PositionBook(Sol);
        var random = new Random(17);
        for (var id = 1; id <= count; id++)
        {
            var leverage = new Leverage(20 + random.Next(980));
            var lots = PositionMath.LotsFor(Sol, 1_000, leverage, Entry);
            book.Apply(
                new PositionOpened(
                    id, 1 + id % 1_000, "", PositionSide.Long, lots, Sol.NotionalOf(Entry, lots), 1_000, leverage.Tenths, 0, 0, 0,
                    new PositionLevels(
                        id % 2 == 0 ? Entry - 20 - random.Next(200) : 0, Entry + 100 + random.Next(5_000),
                        id % 3 == 0 ? TrailUnit.Ticks : TrailUnit.None, id % 3 == 0 ? 500 + id % 1_000 : 0,
                        id % 5 == 0 ? 1_000_000_000 + id : 0),
                    id % 3 == 0 ? Entry : 0),
                0);
        }

        return book;
    }

    private struct Count : ITriggerSink
    {
        public int Fires { get; private set; }

        public void Fired(in Trigger trigger) => Fires++;
    }
}
