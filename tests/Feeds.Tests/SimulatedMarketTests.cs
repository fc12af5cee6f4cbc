using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Feeds.Simulated;

namespace Exchange.Feeds.Tests;

public sealed class SimulatedMarketTests
{
    private const double MinutesPerYear = 365.25 * 24 * 60;
    private static readonly SimulatedOptions Defaults = new();
    private static readonly long Noon = ManualClock.Start.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("BTC", 0.60)]
    [InlineData("ETH", 0.75)]
    [InlineData("SOL", 0.95)]
    public void Returns_have_the_volatility_that_was_asked_for(string asset, double volatility)
    {
        var path = Path(asset, volatility);
        foreach (int stepMs in new[] { 1_000, 60_000, 3_600_000 })
        {
            double squares = 0;
            const int steps = 20_000;
            for (int i = 0; i < steps; i++)
            {
                double change = Math.Log(path.PriceAt(Noon + ((i + 1L) * stepMs)) / path.PriceAt(Noon + ((long)i * stepMs)));
                squares += change * change;
            }
            double yearly = Math.Sqrt(squares / steps * MinutesPerYear * 60_000 / stepMs);
            Assert.InRange(yearly, volatility * 0.93, volatility * 1.07);
        }
    }

    [Fact]
    public void Changes_of_the_price_do_not_foretell_the_next()
    {
        var path = Path("BTC", 0.6);
        double product = 0, squares = 0, last = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double change = Math.Log(path.PriceAt(Noon + ((i + 1L) * 1000)) / path.PriceAt(Noon + (i * 1000L)));
            product += change * last;
            squares += change * change;
            last = change;
        }
        Assert.InRange(product / squares, -0.03, 0.03);
    }

    [Fact]
    public void The_price_stays_around_its_base_for_decades()
    {
        var path = Path("BTC", 0.6);
        for (int day = 0; day < 20 * 365; day++)
            Assert.InRange(path.PriceAt(Noon + (day * 86_400_000L)), 33_000, 108_000);
    }

    [Fact]
    public void Known_instants_have_known_prices()
    {
        var path = Path("BTC", 0.6);
        Assert.Equal(62258.29821210716, path.PriceAt(Noon));
        Assert.Equal(62256.02313889856, path.PriceAt(Noon + 137));
        Assert.Equal(49093.814738939545, path.PriceAt(Noon - 2_592_000_000));
    }

    [Fact]
    public void Usdc_pairs_follow_usdt_pairs_within_a_few_basis_points()
    {
        var tether = Simulated(Markets.BtcUsdt);
        var circle = Simulated(Markets.BtcUsdc);
        double widest = 0;
        for (int hour = 0; hour < 10_000; hour++)
        {
            double basis = (circle.MiddleAt(Noon + (hour * 3_600_000L)) / tether.MiddleAt(Noon + (hour * 3_600_000L)) - 1) * 10_000;
            widest = Math.Max(widest, Math.Abs(basis));
        }
        Assert.InRange(widest, 1, 8);
    }

    [Fact]
    public void The_book_is_full_sorted_and_never_crossed()
    {
        foreach (var market in Markets.All)
        {
            var simulated = Simulated(market);
            var book = new SimulatedBook(Defaults.Levels);
            for (long beat = simulated.BeatAt(Noon), end = beat + 5_000; beat < end; beat++)
            {
                simulated.DepthAt(beat, book);
                Assert.Equal(Defaults.Levels, book.Bids.Length);
                Assert.Equal(Defaults.Levels, book.Asks.Length);
                Assert.InRange(book.Asks[0].Price - book.Bids[0].Price, 1, Defaults.MaxSpreadTicks);
                for (int i = 1; i < Defaults.Levels; i++)
                {
                    Assert.True(book.Bids[i].Price < book.Bids[i - 1].Price && book.Asks[i].Price > book.Asks[i - 1].Price);
                    Assert.True(book.Bids[i].Lots > 0 && book.Asks[i].Lots > 0);
                }
            }
        }
    }

    [Fact]
    public void Depth_grows_away_from_the_touch()
    {
        var simulated = Simulated(Markets.BtcUsdt);
        var book = new SimulatedBook(Defaults.Levels);
        long near = 0, far = 0;
        for (long beat = simulated.BeatAt(Noon), end = beat + 1_000; beat < end; beat++)
        {
            simulated.DepthAt(beat, book);
            near += book.Bids[1].Lots + book.Asks[1].Lots;
            far += book.Bids[20].Lots + book.Asks[20].Lots;
        }
        Assert.InRange((double)far / near, 4, 16);
    }

    [Fact]
    public void Most_levels_stand_still_from_beat_to_beat()
    {
        var simulated = Simulated(Markets.BtcUsdt);
        var before = new SimulatedBook(Defaults.Levels);
        var after = new SimulatedBook(Defaults.Levels);
        var changes = new Exchange.Domain.Venue.DepthChange[4 * Defaults.Levels];
        int total = 0;
        long first = simulated.BeatAt(Noon);
        simulated.DepthAt(first, before);
        for (long beat = first + 1; beat <= first + 1_000; beat++)
        {
            simulated.DepthAt(beat, after);
            total += after.ChangesSince(before, changes);
            (before, after) = (after, before);
        }
        Assert.InRange(total / 1_000.0, 5, 25);
    }

    [Fact]
    public void Several_trades_a_second_on_both_sides_in_different_sizes()
    {
        var simulated = Simulated(Markets.BtcUsdt);
        var trades = TradesOf(simulated, seconds: 3_600);

        Assert.InRange(trades.Count / 3600.0, 3.4, 4.6);
        Assert.InRange(trades.Count(trade => trade.TakerSide == Side.Buy) / (double)trades.Count, 0.45, 0.55);
        Assert.True(trades.Select(trade => trade.Lots).Distinct().Count() > 1_000);
        Assert.Equal(trades.Select(trade => trade.AtMs).Order(), trades.Select(trade => trade.AtMs));
    }

    [Fact]
    public void Candles_are_consistent()
    {
        var simulated = Simulated(Markets.EthUsdt);
        for (int minute = 0; minute < 500; minute++)
        {
            var candle = simulated.CandleAt(Noon - (minute * 60_000L))!.Value;
            Assert.True(candle.Low <= Math.Min(candle.Open, candle.Close) && candle.High >= Math.Max(candle.Open, candle.Close));
            Assert.True(candle.Low < candle.High && candle.Lots >= candle.Trades && candle.Trades > 0);
            Assert.InRange(candle.TickLots, (Int128)candle.Low * candle.Lots, (Int128)candle.High * candle.Lots);
        }
    }

    [Fact]
    public void A_minute_without_a_trade_has_no_candle()
    {
        var quiet = SimulatedMarket.Of(new SimulatedOptions { TradesPerSecond = 0 }, Markets.BtcUsdt)!;
        Assert.Null(quiet.CandleAt(Noon));
    }

    [Fact]
    public void A_price_of_a_few_ticks_still_makes_a_book()
    {
        var coarse = Simulated(Markets.Of("SOL", "USDT", 100m, 1m));
        var book = new SimulatedBook(Defaults.Levels);
        coarse.DepthAt(coarse.BeatAt(Noon), book);
        Assert.InRange(book.Bids.Length, 1, 3);
        Assert.True(book.Bids[^1].Price > 0 && book.Asks[0].Price > book.Bids[0].Price);
    }

    [Fact]
    public void The_exponential_is_exact_enough_for_prices()
    {
        for (double x = -3; x <= 3; x += 0.01)
            Assert.Equal(1, Noise.Exp(x) / Math.Exp(x), 12);
    }

    private static List<VenueTrade> TradesOf(SimulatedMarket simulated, int seconds)
    {
        var all = new List<VenueTrade>();
        var some = new VenueTrade[SimulatedMarket.MaxTradesPerBeat];
        long first = simulated.BeatAt(Noon);
        for (long beat = first; beat < first + (seconds * 1000 / Defaults.IntervalMs); beat++)
            all.AddRange(some[..simulated.TradesIn(beat, some)]);
        return all;
    }

    private static PricePath Path(string asset, double volatility) =>
        new(1, asset, Defaults.Assets[asset].UsdPrice, volatility);

    private static SimulatedMarket Simulated(Market market) => SimulatedMarket.Of(Defaults, market)!;
}
