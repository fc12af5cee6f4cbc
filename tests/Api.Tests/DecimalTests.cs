using System.Globalization;
using System.Text;
using System.Text.Json;
using Exchange.Api.Json;

namespace Exchange.Api.Tests;

public sealed class DecimalTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0.1", "0.1")]
    [InlineData("100.50", "100.5")]
    [InlineData("0.000000000000001", "0.000000000000001")]
    [InlineData("9999999999999", "9999999999999")]
    [InlineData("9999999999999.999999999999999", "9999999999999.999999999999999")]
    [InlineData("1.000000000000000", "1")]
    [InlineData("1234567890123.012345678901234", "1234567890123.012345678901234")]
    public void Decimals_are_read_exactly_and_without_trailing_zeros(string text, string expected)
    {
        Assert.True(StrictDecimal.TryParsePositive(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(100, "100")]
    public void Whole_numbers_keep_their_zeros(int value, string expected) => Assert.Equal(expected, JsonDecimal.Text(value));

    [Fact]
    public void Decimals_are_written_in_their_shortest_exact_form()
    {
        Assert.Equal("0.1", JsonDecimal.Text(0.1000m));
        Assert.Equal("1000", JsonDecimal.Text(1000.00m));
        Assert.Equal("-0.5", JsonDecimal.Text(-0.50m));
        Assert.Equal("0", JsonDecimal.Text(0.00m));
        Assert.Equal("0", JsonDecimal.Text(-0.00m));
        Assert.Equal("-79228162514264337593543950335", JsonDecimal.Text(decimal.MinValue));
        Assert.Equal("0.0000000000000000000000000001", JsonDecimal.Text(0.0000000000000000000000000001m));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same_number()
    {
        const int seed = 20260101;
        var random = new Random(seed);
        for (var i = 0; i < 100_000; i++)
        {
            var scale = (byte)random.Next(StrictDecimal.MaxFractionDigits + 1);
            var value = new decimal(random.Next(), random.Next(), 0, false, scale);
            if (value is 0 or >= 10_000_000_000_000m)
                continue;
            Assert.True(StrictDecimal.TryParsePositive(Encoding.ASCII.GetBytes(JsonDecimal.Text(value)), out var back), $"{value} (seed {seed})");
            Assert.Equal(value, back);
        }
    }

    [Fact]
    public void Every_decimal_of_an_answer_is_a_string()
    {
        var json = JsonSerializer.Serialize(new Accounts.Balance("USDT", 10.50m, 0m), ApiJson.Default.Balance);
        Assert.Equal("""{"asset":"USDT","available":"10.5","locked":"0"}""", json);
    }
}
