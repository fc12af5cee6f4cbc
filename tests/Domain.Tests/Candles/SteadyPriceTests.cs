using Exchange.Domain.Candles;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Candles;

public sealed class SteadyPriceTests
{
    private readonly SteadyPrice _price = new();
    private long _nowMs = 1_795_158_000_000;

    [Fact]
    public void Before_the_first_trade_there_is_none() => Assert.Equal(0, _price.Ticks);

    [Fact]
    public void The_first_trade_is_all_there_is()
    {
        Trade(100);

        Assert.Equal(100, _price.Ticks);
    }

    [Fact]
    public void One_odd_trade_moves_nothing()
    {
        Trade(100);
        Trade(5);

        Assert.Equal(100, _price.Ticks);
    }

    [Fact]
    public void A_sweep_of_many_trades_within_a_second_counts_as_one()
    {
        Trade(100);
        Trade(101);
        Trade(102);
        for (var price = 90; price > 10; price--)
            Trade(price, later: 1);

        Assert.Equal(100, _price.Ticks);
    }

    [Fact]
    public void A_price_that_stays_becomes_the_price()
    {
        foreach (var price in new[] { 100, 101, 100, 50, 51 })
            Trade(price);
        Assert.Equal(100, _price.Ticks);

        Trade(50);

        Assert.Equal(51, _price.Ticks);
    }

    private void Trade(long ticks, long later = 1_000)
    {
        _nowMs += later;
        _price.Add(new PublicTrade(_nowMs, _nowMs, ticks, 1, Side.Buy));
    }
}
