using Exchange.Domain.Candles;

namespace Exchange.Domain.Tests.Candles;

public sealed class Ticker24hTests
{
    private const long Minute = 60_000;
    private const long Day = 1_440 * Minute;
    private const long Start = 20_000 * Day;

    [Fact]
    public void A_day_of_trades_in_one_line()
    {
        var ticker = new Ticker24h();
        ticker.Add(Start, 6_500_000, 100_000, 65_000);
        ticker.Add(Start + 5 * Minute, 6_600_000, 50_000, 33_000);
        ticker.Add(Start + 9 * Minute, 6_450_000, 50_000, 32_250);

        var day = ticker.Read(Start + 10 * Minute);

        Assert.Equal((6_500_000, 6_600_000, 6_450_000, 6_450_000), (day.OpenTicks, day.HighTicks, day.LowTicks, day.LastTicks));
        Assert.Equal((200_000, 130_250m, 3), (day.Lots, day.QuoteVolume, day.Trades));
        Assert.Equal((-50_000, -0.769m), (day.ChangeTicks, day.ChangePercent));
        Assert.Equal(65_125, day.WeightedAveragePrice(Samples.BtcUsdt));
        Assert.Equal((Start - Day + 11 * Minute, Start + 10 * Minute), (day.OpenTimeMs, day.CloseTimeMs));
    }

    [Fact]
    public void A_trade_leaves_after_a_day()
    {
        var ticker = new Ticker24h();
        ticker.Add(Start, 500, 1, 500);
        ticker.Add(Start + Minute, 100, 1, 100);

        Assert.Equal(500, ticker.Read(Start + Day - 1).HighTicks);
        Assert.Equal(100, ticker.Read(Start + Day).HighTicks);
        Assert.Equal(1, ticker.Read(Start + Day).Trades);
    }

    [Fact]
    public void Without_a_trade_in_the_day_the_last_price_stands()
    {
        var ticker = new Ticker24h();
        Assert.Equal(0, ticker.Read(Start).LastTicks);
        ticker.Add(Start, 500, 7, 3_500);

        var day = ticker.Read(Start + 3 * Day);

        Assert.Equal((500, 500, 500, 500), (day.OpenTicks, day.HighTicks, day.LowTicks, day.LastTicks));
        Assert.Equal((0, 0m, 0, 0m), (day.Lots, day.QuoteVolume, day.Trades, day.ChangePercent));
        Assert.Equal(0, day.WeightedAveragePrice(Samples.BtcUsdt));
    }

    [Fact]
    public void It_equals_the_sum_over_all_trades_of_the_day_whatever_minutes_are_missing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var ticker = new Ticker24h();
            var trades = new List<(long Time, long Ticks, long Lots)>();
            var time = Start;
            for (var i = 0; i < 500; i++)
            {
                time += random.Next(5) == 0 ? random.NextInt64(2 * Day) : random.NextInt64(30 * Minute);
                var (ticks, lots) = (random.Next(1, 10_000), random.Next(1, 50));
                trades.Add((time, ticks, lots));
                ticker.Add(time, ticks, lots, ticks * lots);

                var now = time + random.NextInt64(3 * Minute);
                AssertSums(trades, ticker.Read(now), now, seed);
                time = now;
            }
        }
    }

    [Fact]
    public void Candles_of_the_journal_restore_it()
    {
        var random = new Random(5);
        var (live, restored) = (new Ticker24h(), new Ticker24h());
        var minutes = new CandleAggregator(CandleInterval.OneMinute);
        var time = Start;
        for (var i = 0; i < 2_000; i++)
        {
            time += random.Next(3 * 60_000);
            var ticks = random.Next(1, 10_000);
            live.Add(time, ticks, 1, ticks);
            if (minutes.Add(time, ticks, 1, ticks, out var closed))
                restored.Add(closed);
        }

        restored.Add(minutes.Open);

        Assert.Equal(live.Read(time), restored.Read(time));
    }

    private static void AssertSums(List<(long Time, long Ticks, long Lots)> all, Ticker day, long now, int seed)
    {
        var firstMinute = now / Minute - 1_439;
        var trades = all.Where(trade => trade.Time / Minute >= firstMinute).ToList();
        if (trades.Count == 0)
        {
            Assert.Equal((seed, 0L), (seed, day.Trades));
            return;
        }

        Assert.Equal(
            (seed, trades[0].Ticks, trades.Max(t => t.Ticks), trades.Min(t => t.Ticks), trades[^1].Ticks),
            (seed, day.OpenTicks, day.HighTicks, day.LowTicks, day.LastTicks));
        Assert.Equal(
            (seed, trades.Sum(t => t.Lots), (decimal)trades.Sum(t => t.Lots * t.Ticks), (long)trades.Count),
            (seed, day.Lots, day.QuoteVolume, day.Trades));
    }
}
