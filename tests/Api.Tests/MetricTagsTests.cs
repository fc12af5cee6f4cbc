using Exchange.Api.Metrics;

namespace Exchange.Api.Tests;

public sealed class MetricTagsTests
{
    [Fact]
    public void Measurements_with_the_same_tags_belong_to_one_series()
    {
        var one = Tags.Of([new("route", "/order"), new("status", "2xx")]);
        var same = Tags.Of([new("route", new string("/order")), new("status", new string("2xx"))]);

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
    }

    [Theory]
    [InlineData("route", "/order", "status", "4xx")]
    [InlineData("route", "/depth", "status", "2xx")]
    [InlineData("path", "/order", "status", "2xx")]
    public void Those_with_another_name_or_value_do_not(string first, string firstValue, string second, string secondValue) =>
        Assert.NotEqual(
            Tags.Of([new("route", "/order"), new("status", "2xx")]),
            Tags.Of([new(first, firstValue), new(second, secondValue)]));

    [Fact]
    public void A_tag_more_makes_another_series() =>
        Assert.NotEqual(Tags.Of([new("route", "/order")]), Tags.Of([new("route", "/order"), new("status", "2xx")]));
}
