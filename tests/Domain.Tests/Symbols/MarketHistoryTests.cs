using Exchange.Domain.Candles;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;

namespace Exchange.Domain.Tests.Symbols;

public sealed class MarketHistoryTests
{
    private const long Noon = 1_800_014_400_000;

    [Fact]
    public void Trades_that_only_left_a_sum_count_in_candle_and_ticker_but_are_not_on_the_tape()
    {
        var history = new MarketHistory();
        history.AddVenue(100, 2, Side.Buy, Noon, quote: 2m);
        history.AddSum(new Candle(Noon + 10, 101, 120, 90, 110, 50, 55m, 7));

        var open = Assert.Single(history.Candles(CandleInterval.OneMinute, 10));

        Assert.Equal(new Candle(Noon, 100, 120, 90, 110, 52, 57m, 8), open);
        Assert.Equal((120, 90, 110), (history.Ticker(Noon).HighTicks, history.Ticker(Noon).LowTicks, history.Ticker(Noon).LastTicks));
        Assert.Single(history.Tape(10));
    }

    [Fact]
    public void A_finished_minute_counts_once_although_its_trades_were_seen()
    {
        var history = new MarketHistory();
        history.AddVenue(100, 2, Side.Buy, Noon, quote: 2m);
        Assert.True(history.TryFinishMinute(Noon + 60_000, out var minute));
        history.Close(minute.ToEvent());

        Assert.Equal(2, history.Ticker(Noon + 60_000).Lots);
        Assert.Equal(minute, Assert.Single(history.Candles(CandleInterval.OneMinute, 10)));
        Assert.False(history.TryFinishMinute(Noon + 60_000, out _));
    }

    [Fact]
    public void The_average_price_weighs_five_minutes_by_volume_then_it_is_the_last_price()
    {
        var market = Samples.BtcUsdt with { TickSize = 1, LotSize = 1 };
        var history = new MarketHistory();
        Assert.Equal(0, history.AveragePrice(market, Noon));

        history.AddVenue(100, 3, Side.Buy, Noon, quote: 300);
        Assert.Equal(100, history.AveragePrice(market, Noon));
        CloseMinute(history, Noon + 60_000);
        history.AddVenue(200, 1, Side.Buy, Noon + 60_000, quote: 200);
        Assert.Equal(125, history.AveragePrice(market, Noon + 60_000));
        CloseMinute(history, Noon + 120_000);

        Assert.Equal(125, history.AveragePrice(market, Noon + 5 * 60_000));
        Assert.Equal(200, history.AveragePrice(market, Noon + 5 * 60_000 + 1));
        Assert.Equal(200, history.AveragePrice(market, Noon + 60 * 60_000));
    }

    private static void CloseMinute(MarketHistory history, long nowMs)
    {
        Assert.True(history.TryFinishMinute(nowMs, out var minute));
        history.Close(minute.ToEvent());
    }

    [Fact]
    public void A_longer_candle_of_which_memory_lacks_the_beginning_is_not_shown()
    {
        var history = new MarketHistory();
        history.AddVenue(100, 1, Side.Buy, Noon + 30 * 60_000, quote: 1m);
        history.AddVenue(101, 1, Side.Buy, Noon + 60 * 60_000, quote: 1m);

        Assert.Equal([Noon + 60 * 60_000], history.Candles(CandleInterval.OneHour, 10).Select(candle => candle.OpenTimeMs));
    }
}
