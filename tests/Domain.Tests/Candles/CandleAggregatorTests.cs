using Exchange.Domain.Candles;

namespace Exchange.Domain.Tests.Candles;

public sealed class CandleAggregatorTests
{
    private const long Minute = 60_000;

    [Fact]
    public void A_candle_has_the_first_the_highest_the_lowest_and_the_last_price()
    {
        var minutes = new CandleAggregator(CandleInterval.OneMinute);
        minutes.Add(Minute + 1, 100, 5, 500, out _);
        minutes.Add(Minute + 2, 130, 1, 130, out _);
        minutes.Add(Minute + 3, 90, 2, 180, out _);
        minutes.Add(2 * Minute - 1, 110, 1, 110, out _);

        Assert.Equal(new Candle(Minute, 100, 130, 90, 110, 9, 920, 4), minutes.Open);
    }

    [Fact]
    public void The_first_trade_of_the_next_interval_closes_a_candle()
    {
        var minutes = new CandleAggregator(CandleInterval.OneMinute);
        Assert.False(minutes.Add(Minute, 100, 5, 500, out _));

        Assert.True(minutes.Add(5 * Minute, 120, 1, 120, out var closed));

        Assert.Equal(new Candle(Minute, 100, 100, 100, 100, 5, 500, 1), closed);
        Assert.Equal(new Candle(5 * Minute, 120, 120, 120, 120, 1, 120, 1), minutes.Open);
    }

    [Fact]
    public void Time_alone_closes_a_candle_once()
    {
        var minutes = new CandleAggregator(CandleInterval.OneMinute);
        minutes.Add(Minute, 100, 5, 500, out _);

        Assert.False(minutes.CloseUntil(2 * Minute - 1, out _));
        Assert.True(minutes.CloseUntil(2 * Minute, out var closed));
        Assert.Equal(Minute, closed.OpenTimeMs);
        Assert.False(minutes.CloseUntil(9 * Minute, out _));
        Assert.True(minutes.Open.IsEmpty);
    }

    [Fact]
    public void A_late_trade_counts_in_the_open_candle_and_changes_no_closed_one()
    {
        var minutes = new CandleAggregator(CandleInterval.OneMinute);
        minutes.Add(5 * Minute, 100, 5, 500, out _);

        Assert.False(minutes.Add(4 * Minute, 80, 1, 80, out _));

        Assert.Equal(new Candle(5 * Minute, 100, 100, 80, 80, 6, 580, 2), minutes.Open);
    }

    [Fact]
    public void An_unfinished_candle_goes_on_after_a_restart()
    {
        var before = new CandleAggregator(CandleInterval.OneMinute);
        before.Add(Minute, 100, 5, 500, out _);
        var after = new CandleAggregator(CandleInterval.OneMinute);

        after.Restore(before.Open);
        after.Add(Minute + 1, 101, 1, 101, out _);

        Assert.Equal(new Candle(Minute, 100, 101, 100, 101, 6, 601, 2), after.Open);
    }

    [Fact]
    public void A_candle_survives_the_journal()
    {
        var candle = new Candle(Minute, 100, 130, 90, 110, 9, 920.5m, 4);

        Assert.Equal(candle, Candle.Of(candle.ToEvent()));
    }

    [Fact]
    public void Rolling_minutes_up_gives_the_candles_that_the_trades_give()
    {
        var random = new Random(3);
        var trades = new List<(long Time, long Ticks, long Lots)>();
        for (long time = 1_795_000_000_000; trades.Count < 5_000; time += random.Next(1, 20 * 60_000))
            trades.Add((time, random.Next(1, 1_000), random.Next(1, 100)));

        var minutes = Candles(CandleInterval.OneMinute, trades);
        foreach (var interval in CandleInterval.All.Where(interval => interval != CandleInterval.OneSecond))
            Assert.Equal(Candles(interval, trades), CandleRollup.RollUp(minutes, interval));
    }

    [Fact]
    public void Nothing_rolls_up_to_nothing()
    {
        Assert.Empty(CandleRollup.RollUp([], CandleInterval.OneDay));
    }

    [Fact]
    public void The_last_trades_are_kept_in_their_order()
    {
        var recent = new RecentTrades(3);
        Assert.Empty(recent.Last(10));
        for (var id = 1; id <= 5; id++)
            recent.Add(new PublicTrade(id, id, 100, 1, default));

        Assert.Equal([3L, 4, 5], recent.Last(10).Select(trade => trade.TradeId));
        Assert.Equal([4L, 5], recent.Last(2).Select(trade => trade.TradeId));
        Assert.Empty(recent.Last(-1));
    }

    private static List<Candle> Candles(CandleInterval interval, IEnumerable<(long Time, long Ticks, long Lots)> trades)
    {
        var aggregator = new CandleAggregator(interval);
        var candles = new List<Candle>();
        foreach (var (time, ticks, lots) in trades)
        {
            if (aggregator.Add(time, ticks, lots, ticks * lots, out var closed))
                candles.Add(closed);
        }

        candles.Add(aggregator.Open);
        return candles;
    }
}
