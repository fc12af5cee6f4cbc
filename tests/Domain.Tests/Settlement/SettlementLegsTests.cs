using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Settlement;

public sealed class SettlementLegsTests
{
    private static readonly Market Market = Samples.BtcUsdt;

    [Fact]
    public void Between_two_users_the_house_gets_the_fees()
    {
        // 0.5 BTC at 50,000.
        var trade = new Traded(9, Side.Buy, 101, 1, 202, 2, 5_000_000, 50_000, TakerFee: 0.0005m, MakerFee: 25m);

        var legs = SettlementLegs.Of(trade, Market);

        Assert.Equal(new SettlementLeg(1, 101, 0.4995m, -25_000, 0.0005m), legs.Buyer);
        Assert.Equal(new SettlementLeg(2, 202, -0.5m, 24_975, 25), legs.Seller);
        Assert.Equal(new SettlementLeg(-1, 0, 0.0005m, 25, 0), legs.House);
    }

    [Fact]
    public void A_taker_that_sells_is_the_seller()
    {
        var trade = new Traded(9, Side.Sell, 101, 1, 202, 2, 5_000_000, 50_000, TakerFee: 25m, MakerFee: 0.0005m);

        var legs = SettlementLegs.Of(trade, Market);

        Assert.Equal((202, 101), (legs.Buyer.OrderId, legs.Seller.OrderId));
        Assert.Equal((0.0005m, 25m), (legs.Buyer.Fee, legs.Seller.Fee));
    }

    [Fact]
    public void Against_the_venue_the_house_is_the_counterparty()
    {
        var trade = new Traded(9, Side.Buy, 101, 1, 0, -1, 5_000_000, 50_000, TakerFee: 0.0005m, MakerFee: 0);

        var legs = SettlementLegs.Of(trade, Market);

        Assert.Equal(new SettlementLeg(1, 101, 0.4995m, -25_000, 0.0005m), legs.Buyer);
        Assert.False(legs.Seller.IsPresent);
        Assert.Equal(new SettlementLeg(-1, 0, -0.4995m, 25_000, 0), legs.House);
    }

    [Fact]
    public void A_resting_order_that_the_venue_fills_has_the_house_as_taker()
    {
        var trade = new Traded(9, Side.Sell, 0, -1, 202, 2, 5_000_000, 50_000, TakerFee: 0, MakerFee: 0.0005m);

        var legs = SettlementLegs.Of(trade, Market);

        Assert.Equal(new SettlementLeg(2, 202, 0.4995m, -25_000, 0.0005m), legs.Buyer);
        Assert.False(legs.Seller.IsPresent);
        Assert.Equal(new SettlementLeg(-1, 0, -0.4995m, 25_000, 0), legs.House);
    }

    [Fact]
    public void Without_fees_the_house_has_no_share()
    {
        var trade = new Traded(9, Side.Buy, 101, 1, 202, 2, 5_000_000, 50_000, 0, 0);

        Assert.False(SettlementLegs.Of(trade, Market).House.IsPresent);
    }

    [Fact]
    public void The_legs_of_every_trade_sum_to_zero()
    {
        var random = new Random(42);
        for (var i = 0; i < 5_000; i++)
        {
            var ticks = random.NextInt64(1, Market.MaxPriceTicks);
            var lots = random.NextInt64(1, 1L << random.Next(1, 29));
            var side = (Side)random.Next(2);
            var trade = new Traded(
                i, side, random.Next(3), 1, random.Next(3), 2, ticks, lots,
                Fees.Of(Market, side, ticks, lots, 10),
                Fees.Of(Market, side.Opposite(), ticks, lots, 7));

            var (buyer, seller, house) = SettlementLegs.Of(trade, Market);

            Assert.Equal(0, buyer.BaseChange + seller.BaseChange + house.BaseChange);
            Assert.Equal(0, buyer.QuoteChange + seller.QuoteChange + house.QuoteChange);
        }
    }

    [Fact]
    public void Items_carry_what_was_traded_and_the_fee_apart()
    {
        var trade = new Traded(9, Side.Buy, 101, 1, 202, 2, 5_000_000, 50_000, TakerFee: 0.0005m, MakerFee: 25m);
        var legs = SettlementLegs.Of(trade, Market);

        Assert.Equal(
            new SettlementItem(SettlementKind.Fill, 7, 3, 101, 9, Side.Buy, 0.5m, 25_000, 0.0005m, default, default),
            legs.BuyerItem(trade, 7, 3));
        Assert.Equal(
            new SettlementItem(SettlementKind.Fill, 7, 3, 202, 9, Side.Sell, 0.5m, 25_000, 25, default, default),
            legs.SellerItem(trade, 7, 3));
        Assert.Equal(
            new SettlementItem(SettlementKind.House, 7, 3, 0, 9, default, 0.0005m, 25, 0, default, default),
            legs.HouseItem(trade, 7, 3));
    }
}
