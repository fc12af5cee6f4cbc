using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Markets;

public sealed class MarketRulesTests
{
    private static readonly Market Valid = Samples.BtcUsdt;

    [Fact]
    public void Every_default_market_is_valid_and_has_its_assets()
    {
        Assert.All(DefaultMarkets.All, market =>
        {
            Assert.Null(MarketRules.FindProblem(market));
            Assert.Equal(DefaultAssets.Find(market.Base)!.Precision, market.BasePrecision);
            Assert.Equal(DefaultAssets.Find(market.Quote)!.Precision, market.QuotePrecision);
        });
        Assert.Equal(
            ["BTC_USDT", "ETH_USDT", "SOL_USDT", "BTC_USDC", "ETH_USDC", "SOL_USDC", "TATA_INR"],
            DefaultMarkets.All.Select(market => market.Symbol));
        Assert.Equal(DefaultMarkets.All.Count, DefaultMarkets.All.Select(market => market.Number).Distinct().Count());
        Assert.Equal(["TATA_INR"], DefaultMarkets.All.Where(market => !market.HasVenue).Select(market => market.Symbol));
    }

    [Theory]
    [InlineData("100.50", "10")]
    [InlineData("100.75", "150")]
    public void The_shares_of_the_example_trade_at_its_prices(string price, string quantity)
    {
        Assert.True(Samples.TataInr.TryTicks(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), out _));
        Assert.True(Samples.TataInr.TryLots(decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), out _));
    }

    public static TheoryData<string, Market> Invalid => new()
    {
        { "number", Valid with { Number = 0 } },
        { "symbol", Valid with { Symbol = "BTCUSDT" } },
        { "code", Valid with { Base = "btc", Symbol = "btc_USDT" } },
        { "same asset", Valid with { Base = "USDT", Symbol = "USDT_USDT" } },
        { "venue without symbol", Valid with { VenueSymbol = "" } },
        { "symbol without venue", Valid with { Venue = "" } },
        { "precision", Valid with { BasePrecision = 13 } },
        { "negative precision", Valid with { QuotePrecision = -1 } },
        { "no tick", Valid with { TickSize = 0 } },
        { "no lot", Valid with { LotSize = 0 } },
        { "lot finer than base", Valid with { LotSize = 0.000000001m } },
        { "tick times lot finer than quote", Valid with { TickSize = 0.0001m } },
        { "tick too fine for exact products", Valid with { TickSize = 0.0000000000000001m, LotSize = 100_000 } },
        { "no prices", Valid with { MaxPriceTicks = 0 } },
        { "too many prices", Valid with { MaxPriceTicks = MarketRules.PriceTicksMax + 1 } },
        { "no smallest order", Valid with { MinLots = 0 } },
        { "smallest above market", Valid with { MinLots = Valid.MaxMarketLots + 1 } },
        { "market above largest", Valid with { MaxMarketLots = Valid.MaxLots + 1 } },
        { "too many lots", Valid with { MaxLots = MarketRules.LotsMax + 1 } },
        {
            "notional beyond exactness",
            Valid with { MaxPriceTicks = MarketRules.PriceTicksMax, MaxLots = MarketRules.LotsMax }
        },
        { "negative notional", Valid with { MinNotional = -1 } },
        { "over-precise notional", Valid with { MinNotional = 0.000000001m } },
        { "unreachable notional", Valid with { MinNotional = 100_000_000_000m } },
        { "maker fee", Valid with { MakerFeeBps = -1 } },
        { "taker fee", Valid with { TakerFeeBps = 1_001 } },
        { "fee that takes all", Valid with { BasePrecision = 5 } },
        { "no leverage", Valid with { MaxLeverage = 0 } },
        { "too much leverage", Valid with { MaxLeverage = 101 } },
        { "no orders", Valid with { MaxOpenOrders = 0 } },
        { "no band", Valid with { PriceBandBps = 0 } },
        { "no bid fits", Valid with { PriceMultipliers = PriceMultipliers.Default with { BidUp = 0.9m } } },
        { "no ask fits", Valid with { PriceMultipliers = PriceMultipliers.Default with { AskDown = 1.1m } } },
        { "free asks", Valid with { PriceMultipliers = PriceMultipliers.Default with { AskDown = 0 } } },
        { "no end", Valid with { PriceMultipliers = PriceMultipliers.Default with { AskUp = 1_000_000.1m } } },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_definition_that_could_not_be_exact_is_not_valid(string what, Market market)
    {
        Assert.False(MarketRules.FindProblem(market) is null, what);
    }

    [Fact]
    public void The_largest_trade_of_a_valid_market_is_exact()
    {
        Assert.All(DefaultMarkets.All, market =>
        {
            var units = (Int128)(market.TickSize * market.LotSize * Pow10(market.QuotePrecision));
            var exact = units * market.MaxPriceTicks * market.MaxLots;
            Assert.Equal((decimal)exact, market.NotionalOf(market.MaxPriceTicks, market.MaxLots) * Pow10(market.QuotePrecision));
        });
    }

    [Theory]
    [InlineData("0.01", 1L)]
    [InlineData("65123.45", 6_512_345L)]
    [InlineData("65123.4500000", 6_512_345L)]
    [InlineData("1000000", 100_000_000L)]
    public void A_price_on_a_tick_is_that_many_ticks(string price, long expected)
    {
        Assert.True(Valid.TryTicks(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), out var ticks));
        Assert.Equal(expected, ticks);
    }

    [Fact]
    public void A_price_between_ticks_is_no_price_however_little_it_is_off()
    {
        Assert.False(Valid.TryTicks(0.005m, out _));
        Assert.False(Valid.TryTicks(69_999.000000000000000000000001m, out _));
        Assert.False(Valid.TryTicks(69_998.999999999999999999999999m, out _));
        Assert.False(Valid.TryTicks(0, out _));
        Assert.False(Valid.TryTicks(-0.01m, out _));
        Assert.False(Valid.TryTicks(1_000_000.01m, out _));
        Assert.False(Valid.TryTicks(decimal.MaxValue, out _));
    }

    [Fact]
    public void A_market_order_is_protected_at_the_end_of_the_band()
    {
        var market = Valid with { PriceBandBps = 1_000 };

        Assert.Equal(110, MarketFilters.ProtectionTicks(market, Side.Buy, 100));
        Assert.Equal(90, MarketFilters.ProtectionTicks(market, Side.Sell, 100));
        Assert.Equal(1, MarketFilters.ProtectionTicks(market, Side.Sell, 1));
        Assert.Equal(105, MarketFilters.ProtectionTicks(market, Side.Buy, 96));
        Assert.Equal(market.MaxPriceTicks, MarketFilters.ProtectionTicks(market, Side.Buy, market.MaxPriceTicks));
    }

    [Theory]
    [InlineData(Side.Buy, 300, true)]
    [InlineData(Side.Buy, 301, false)]
    [InlineData(Side.Buy, 50, true)]
    [InlineData(Side.Buy, 49, false)]
    [InlineData(Side.Sell, 400, true)]
    [InlineData(Side.Sell, 401, false)]
    [InlineData(Side.Sell, 25, true)]
    [InlineData(Side.Sell, 24, false)]
    public void A_limit_price_lies_between_the_factors_of_its_side(Side side, long ticks, bool isNearEnough)
    {
        var market = Valid with { PriceMultipliers = new(BidUp: 3, BidDown: 0.5m, AskUp: 4, AskDown: 0.25m) };

        var reason = MarketFilters.CheckPercentPrice(market, side, ticks, averagePrice: market.PriceOf(100));

        Assert.Equal(isNearEnough ? Reason.None : Reason.FilterPercentPrice, reason);
    }

    [Fact]
    public void Without_an_average_price_every_price_is_near_enough()
    {
        Assert.Equal(Reason.None, MarketFilters.CheckPercentPrice(Valid, Side.Buy, Valid.MaxPriceTicks, averagePrice: 0));
    }

    private static decimal Pow10(int power) => (decimal)Math.Pow(10, power);
}
