using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Money;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("1.2345", 2, Rounding.Down, "1.23")]
    [InlineData("1.2345", 2, Rounding.Up, "1.24")]
    [InlineData("1.23", 2, Rounding.Up, "1.23")]
    [InlineData("-1.2345", 2, Rounding.Down, "-1.23")]
    [InlineData("-1.2345", 2, Rounding.Up, "-1.24")]
    [InlineData("0.000000001", 8, Rounding.Up, "0.00000001")]
    [InlineData("7.5", 0, Rounding.Down, "7")]
    public void Rounding_has_a_direction(string amount, int precision, Rounding rounding, string expected)
    {
        var asset = new Asset("X", precision, 1, 1);

        Assert.Equal(Number(expected), asset.Quantise(Number(amount), rounding));
    }

    [Theory]
    [InlineData("1.00000001", true)]
    [InlineData("1.000000010000", true)]
    [InlineData("1.000000001", false)]
    [InlineData("-0.00000001", true)]
    public void An_amount_is_whole_units_or_it_is_not(string amount, bool whole)
    {
        Assert.Equal(whole, Samples.Usdt.IsWhole(Number(amount)));
    }

    [Theory]
    [InlineData("1", 10, 8, "0.001")]
    [InlineData("0.00001", 10, 8, "0.00000001")]
    [InlineData("0.00000001", 10, 8, "0.00000001")]
    [InlineData("12.34", 10, 2, "0.02")]
    [InlineData("12.34", 0, 2, "0")]
    [InlineData("651.2345", 7, 8, "0.45586415")]
    public void A_fee_rounds_up_to_the_unit(string received, int basisPoints, int precision, string fee)
    {
        Assert.Equal(Number(fee), Fees.Of(Number(received), basisPoints, precision));
    }

    [Fact]
    public void A_fee_is_exact_to_the_unit_and_never_more_than_was_received()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var units = random.NextInt64(1, 1L << random.Next(1, 60));
            var basisPoints = random.Next(0, Fees.BasisPoints + 1);
            var fee = Fees.Of(units / 100_000_000m, basisPoints, 8);

            var exactUnits = ((Int128)units * basisPoints + Fees.BasisPoints - 1) / Fees.BasisPoints;
            Assert.Equal((decimal)exactUnits, fee * 100_000_000m);
            Assert.True(fee <= units / 100_000_000m);
        }
    }

    [Fact]
    public void A_buyer_pays_in_base_and_a_seller_in_quote()
    {
        // 0.12345 BTC at 65,123.45 is 8,039.4899025 USDT.
        Assert.Equal(0.00012345m, Fees.Of(Samples.BtcUsdt, Side.Buy, 6_512_345, 12_345, 10));
        Assert.Equal(8.03948991m, Fees.Of(Samples.BtcUsdt, Side.Sell, 6_512_345, 12_345, 10));
    }

    [Theory]
    [InlineData("BTC", true)]
    [InlineData("1INCH", true)]
    [InlineData("S", true)]
    [InlineData("ABCDEFGHIJKLMNOP", true)]
    [InlineData("ABCDEFGHIJKLMNOPQ", false)]
    [InlineData("", false)]
    [InlineData("btc", false)]
    [InlineData("B_C", false)]
    [InlineData("ＢＴＣ", false)]
    [InlineData("BTC１", false)]
    [InlineData("BTС", false)]
    public void An_asset_code_is_plain_letters_and_digits(string code, bool valid)
    {
        Assert.Equal(valid, AssetCode.IsValid(code));
    }

    [Fact]
    public void Every_default_asset_has_bounds_that_are_whole_units()
    {
        Assert.All(DefaultAssets.All, asset =>
        {
            Assert.True(AssetCode.IsValid(asset.Code));
            Assert.True(asset.IsWhole(asset.DepositMax) && asset.IsWhole(asset.BalanceMax));
            Assert.InRange(asset.DepositMax, 1, asset.BalanceMax);
        });
        Assert.Null(DefaultAssets.Find("DOGE"));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
