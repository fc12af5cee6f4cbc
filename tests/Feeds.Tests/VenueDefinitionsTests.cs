using Exchange.Domain.Markets;

namespace Exchange.Feeds.Tests;

public sealed class VenueDefinitionsTests
{
    private static readonly VenueMarket Btc =
        new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 0.00001m, 9000m, 115m, 5m, 1_000_000m, IsTrading: true, Unit: 1);

    [Fact]
    public void A_venues_market_becomes_ours_with_its_steps_and_bounds()
    {
        var market = Btc.ToMarket("binance", 3)!;
        Assert.Equal(("BTC_USDT", 3, "binance", "BTCUSDT"), (market.Symbol, market.Number, market.Venue, market.VenueSymbol));
        Assert.Equal((0.01m, 0.00001m, 5m), (market.TickSize, market.LotSize, market.MinNotional));
        Assert.Equal((100_000_000, 1, 900_000_000, 11_500_000), (market.MaxPriceTicks, market.MinLots, market.MaxLots, market.MaxMarketLots));
    }

    [Fact]
    public void Lots_too_fine_for_our_precision_become_coarser()
    {
        var market = (Btc with { TickSize = 0.1m, LotSize = 0.00000001m }).ToMarket("kucoin", 1)!;
        Assert.Equal(0.0000001m, market.LotSize);
    }

    [Theory]
    [InlineData("0.00000001", "1", "10000000000000", "0")]
    [InlineData("0.0000000001", "1", "1000000000", "0")]
    [InlineData("0.1", "0.001", "1000000", "999999999999")]
    public void However_odd_a_venues_bounds_are_ours_are_valid(string tick, string lot, string maxQuantity, string maxPrice)
    {
        var odd = Btc with
        {
            TickSize = Number(tick),
            LotSize = Number(lot),
            MinQuantity = Number(lot),
            MaxQuantity = Number(maxQuantity),
            MaxMarketQuantity = Number(maxQuantity),
            MaxPrice = Number(maxPrice),
        };
        var market = odd.ToMarket("binance", 1);
        Assert.NotNull(market);
        Assert.Null(MarketRules.FindProblem(market));
    }

    [Fact]
    public void What_cannot_be_a_market_here_is_left_out_and_what_does_not_trade_is_halted()
    {
        Assert.Null((Btc with { Base = "币安" }).ToMarket("binance", 1));
        Assert.Null((Btc with { MaxQuantity = 0 }).ToMarket("binance", 1));
        Assert.Equal(MarketStatus.Halted, (Btc with { IsTrading = false }).ToMarket("binance", 1)!.Status);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
