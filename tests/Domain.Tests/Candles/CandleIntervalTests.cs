using System.Globalization;
using Exchange.Domain.Candles;

namespace Exchange.Domain.Tests.Candles;

public sealed class CandleIntervalTests
{
    [Theory]
    [InlineData("1s", "2026-11-20T07:12:45.678Z", "2026-11-20T07:12:45Z", "2026-11-20T07:12:46Z")]
    [InlineData("1m", "2026-11-20T07:12:45.678Z", "2026-11-20T07:12:00Z", "2026-11-20T07:13:00Z")]
    [InlineData("3m", "2026-11-20T07:14:59.999Z", "2026-11-20T07:12:00Z", "2026-11-20T07:15:00Z")]
    [InlineData("5m", "2026-11-20T07:12:45Z", "2026-11-20T07:10:00Z", "2026-11-20T07:15:00Z")]
    [InlineData("15m", "2026-11-20T07:12:45Z", "2026-11-20T07:00:00Z", "2026-11-20T07:15:00Z")]
    [InlineData("30m", "2026-11-20T07:30:00Z", "2026-11-20T07:30:00Z", "2026-11-20T08:00:00Z")]
    [InlineData("1h", "2026-11-20T07:12:45Z", "2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z")]
    [InlineData("2h", "2026-11-20T07:12:45Z", "2026-11-20T06:00:00Z", "2026-11-20T08:00:00Z")]
    [InlineData("4h", "2026-11-20T07:12:45Z", "2026-11-20T04:00:00Z", "2026-11-20T08:00:00Z")]
    [InlineData("6h", "2026-11-20T05:59:59Z", "2026-11-20T00:00:00Z", "2026-11-20T06:00:00Z")]
    [InlineData("8h", "2026-11-20T23:59:59Z", "2026-11-20T16:00:00Z", "2026-11-21T00:00:00Z")]
    [InlineData("12h", "2026-11-20T07:12:45Z", "2026-11-20T00:00:00Z", "2026-11-20T12:00:00Z")]
    [InlineData("1d", "2026-11-20T07:12:45Z", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")]
    [InlineData("3d", "1970-01-06T23:59:59Z", "1970-01-04T00:00:00Z", "1970-01-07T00:00:00Z")]
    [InlineData("1w", "2026-11-20T07:12:45Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("1w", "2026-11-16T00:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("1w", "1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z")]
    [InlineData("1M", "2026-11-20T07:12:45Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("1M", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("1M", "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    public void A_bucket_opens_and_ends_where_the_calendar_says(string name, string time, string opens, string next)
    {
        Assert.True(CandleInterval.TryParse(name, out var interval));

        Assert.Equal(Ms(opens), interval.OpenTimeMs(Ms(time)));
        Assert.Equal(Ms(next), interval.NextOpenTimeMs(Ms(time)));
    }

    [Fact]
    public void Weeks_begin_on_Monday()
    {
        var opens = CandleInterval.OneWeek.OpenTimeMs(Ms("2026-11-22T23:59:59Z"));

        Assert.Equal(DayOfWeek.Monday, DateTimeOffset.FromUnixTimeMilliseconds(opens).DayOfWeek);
    }

    [Fact]
    public void All_sixteen_intervals_have_their_usual_names()
    {
        Assert.Equal(
            ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"],
            CandleInterval.All.Select(interval => interval.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2m")]
    [InlineData("1D")]
    public void Other_intervals_do_not_exist(string? name)
    {
        Assert.False(CandleInterval.TryParse(name, out _));
    }

    [Fact]
    public void Buckets_join_without_gap_and_without_overlap()
    {
        var random = new Random(11);
        foreach (var interval in CandleInterval.All)
        {
            for (var i = 0; i < 1_000; i++)
            {
                var time = random.NextInt64(0, 4_000_000_000_000);
                var opens = interval.OpenTimeMs(time);
                var next = interval.NextOpenTimeMs(time);
                Assert.True(opens <= time && time < next);
                Assert.Equal(opens, interval.OpenTimeMs(opens));
                Assert.Equal(opens, interval.OpenTimeMs(next - 1));
                Assert.Equal(next, interval.OpenTimeMs(next));
            }
        }
    }

    private static long Ms(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
