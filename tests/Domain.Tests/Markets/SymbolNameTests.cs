using Exchange.Domain.Markets;

namespace Exchange.Domain.Tests.Markets;

public sealed class SymbolNameTests
{
    private static readonly SymbolResolver Resolver = new(["BTC_USDT", "ETH_USDT", "AB_CD", "ABC_D", "TATA_INR"]);

    [Theory]
    [InlineData("BTC_USDT")]
    [InlineData("BTC-USDT")]
    [InlineData("BTC/USDT")]
    [InlineData("BTCUSDT")]
    [InlineData("btc_usdt")]
    [InlineData("btcusdt")]
    [InlineData("Btc-Usdt")]
    public void A_market_answers_to_every_usual_way_of_writing_it(string text)
    {
        Assert.Equal("BTC_USDT", Resolver.Resolve(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("BTC")]
    [InlineData("BTC_")]
    [InlineData("_USDT")]
    [InlineData("BTC__USDT")]
    [InlineData("BTC_USDT_")]
    [InlineData("BTC USDT")]
    [InlineData("BTC_USDT ")]
    [InlineData("ＢＴＣUSDT")]
    [InlineData("BTCUſDT")]
    [InlineData("BTC_DOGE")]
    [InlineData("BTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDT")]
    public void What_names_no_market_finds_none(string? text)
    {
        Assert.Null(Resolver.Resolve(text));
    }

    [Fact]
    public void Letters_that_could_be_two_markets_are_not_guessed()
    {
        Assert.Null(Resolver.Resolve("ABCD"));
        Assert.Equal("AB_CD", Resolver.Resolve("ab-cd"));
        Assert.Equal("ABC_D", Resolver.Resolve("abc-d"));
    }

    [Fact]
    public void A_name_has_two_different_assets()
    {
        Assert.True(SymbolName.TryParse("btc/usdt", out var name));
        Assert.Equal(("BTC_USDT", "BTCUSDT"), (name.ToString(), name.Joined));
        Assert.False(SymbolName.TryParse("BTC_BTC", out _));
        Assert.False(SymbolName.TryParse("BTCUSDT", out _));
    }
}
