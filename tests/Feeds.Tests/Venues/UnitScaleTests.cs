using System.Globalization;
using System.Text;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Tests.Venues;

public sealed class UnitScaleTests
{
    [Theory]
    [InlineData("0.01", "60000.01000000", 6_000_001, true)]
    [InlineData("0.01", "60000.01", 6_000_001, true)]
    [InlineData("0.01", "60000", 6_000_000, true)]
    [InlineData("0.01", "60000.019", 6_000_001, false)]
    [InlineData("0.00001", "0.00000999", 0, false)]
    [InlineData("0.5", "1234.5", 2469, true)]
    [InlineData("0.25", "1.1", 4, false)]
    [InlineData("5", "1234", 246, false)]
    [InlineData("1000", "1234567", 1234, false)]
    [InlineData("0.00000001", "0.00001234", 1234, true)]
    [InlineData("0.00000001", "92233720368.54775807", long.MaxValue, true)]
    [InlineData("0.01", "6.0E4", 6_000_000, true)]
    [InlineData("0.0001", "1e-3", 10, true)]
    [InlineData("0.01", "0", 0, true)]
    [InlineData("0.10", "0.30000000000000000000000000001", 3, true)]
    public void Text_becomes_whole_units_and_the_rest_is_cut_off(string step, string text, long units, bool isExact)
    {
        var scale = new UnitScale(decimal.Parse(step, CultureInfo.InvariantCulture));
        Assert.True(scale.TryParse(Encoding.ASCII.GetBytes(text), out long parsed, out bool exact));
        Assert.Equal((units, isExact), (parsed, exact));
        Assert.True(scale.TryParseUp(Encoding.ASCII.GetBytes(text), out long up));
        Assert.Equal(isExact ? units : units + 1, up);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-1")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("e5")]
    [InlineData(" 1")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999999999.0")]
    public void What_is_no_number_or_too_large_is_refused(string text) =>
        Assert.False(new UnitScale(0.01m).TryParse(Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("100.004", 10_000)]
    [InlineData("100.005", 10_001)]
    [InlineData("100.00", 10_000)]
    public void Where_it_matters_little_the_nearest_unit_is_taken(string text, long units)
    {
        Assert.True(new UnitScale(0.01m).TryParseNearest(Encoding.ASCII.GetBytes(text), out long parsed));
        Assert.Equal(units, parsed);
    }

    [Fact]
    public void It_agrees_with_decimal_arithmetic()
    {
        decimal[] steps = [0.01m, 0.00001m, 0.1m, 0.5m, 0.25m, 1m, 0.00000001m, 0.003m, 10m];
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            decimal step = steps[random.Next(steps.Length)];
            decimal value = Math.Round((decimal)random.NextInt64(10_000_000_000) / (long)Math.Pow(10, random.Next(9)), 8);
            string text = value.ToString(random.Next(2) == 0 ? "0.00000000" : "0.########", CultureInfo.InvariantCulture);
            Assert.True(new UnitScale(step).TryParse(Encoding.ASCII.GetBytes(text), out long units, out bool isExact), text);
            Assert.Equal((long)Math.Floor(value / step), units);
            Assert.Equal(value % step == 0, isExact);
        }
    }
}
