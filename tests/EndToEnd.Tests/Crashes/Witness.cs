using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Crashes;

/// <summary>Compares what the traders were told with what the exchange says after a crash.</summary>
internal static class Witness
{
    public static async Task ConfirmsAsync(IEnumerable<SentOrder> orders)
    {
        foreach (var sent in orders)
        {
            if (sent.Acknowledged is { } acknowledged)
                await Eventually.HoldsAsync(async () => IsAtLeast(acknowledged, await sent.Trader.FindAsync(sent.Order), sent));
            else if (await sent.Trader.FindAsync(sent.Order) is { } found)
                IsWhole(found, sent);
        }
    }

    /// <summary>Whoever got no answer asks again under the same id, and gets the one order that there is.</summary>
    public static async Task SeesResendsMakeNoSecondOrderAsync(IEnumerable<SentOrder> orders)
    {
        foreach (var sent in orders.Where(sent => !sent.Refused))
        {
            var before = sent.Acknowledged ?? await sent.Trader.FindAsync(sent.Order);
            try
            {
                var again = await sent.Trader.PlaceAsync(sent.Order);
                Assert.Equal(before?.OrderId ?? again.OrderId, again.OrderId);
                sent.Acknowledged ??= again;
            }
            catch (RefusedException refused) when ((int)refused.Status < 500)
            {
                Assert.True(sent.Acknowledged is null, $"Acknowledged, but refused when asked again: {sent}: {refused.Message}");
                sent.Refused = true;
            }
        }
    }

    /// <summary>Once everything has been settled, what is locked is exactly what the open orders may still cost.</summary>
    public static async Task SeesOnlyOpenOrdersLockMoneyAsync(IEnumerable<Trader> traders)
    {
        foreach (var trader in traders)
        {
            await Eventually.HoldsAsync(async () =>
            {
                var expected = LockedBy(await trader.OpenOrdersAsync());
                foreach (var balance in (await trader.BalancesAsync()).Values)
                    Assert.Equal((balance.Asset, expected.GetValueOrDefault(balance.Asset)), (balance.Asset, balance.Locked));
            });
        }
    }

    /// <summary>Holds only where there are no fees and no venue: there the house has no part in it.</summary>
    public static async Task SeesDepositsAddUpAsync(IReadOnlyList<Trader> traders, params string[] assets)
    {
        foreach (var asset in assets)
        {
            var deposited = traders.Sum(trader => trader.Deposits.GetValueOrDefault(asset));
            decimal total = 0;
            foreach (var trader in traders)
                total += (await trader.BalanceAsync(asset)).Total;
            Assert.Equal((asset, deposited), (asset, total));
        }
    }

    private static void IsAtLeast(Order acknowledged, Order? found, SentOrder sent)
    {
        Assert.True(found is not null, $"Acknowledged, but gone: {sent}");
        IsWhole(found, sent);
        Assert.Equal(acknowledged.OrderId, found.OrderId);
        Assert.True(found.ExecutedQuantity >= acknowledged.ExecutedQuantity, $"Lost fills: {sent}: {acknowledged} became {found}");
        if (!acknowledged.IsOpen)
        {
            Assert.Equal(
                (acknowledged.Status, acknowledged.ExecutedQuantity, acknowledged.ExecutedQuote),
                (found.Status, found.ExecutedQuantity, found.ExecutedQuote));
        }
    }

    private static void IsWhole(Order found, SentOrder sent) =>
        Assert.Equal(
            (sent.Order.ClientOrderId, sent.Order.Market, sent.Order.Price, sent.Order.Quantity),
            (found.ClientOrderId, found.Symbol, found.Price, found.Quantity));

    private static Dictionary<string, decimal> LockedBy(Order[] orders)
    {
        var locked = new Dictionary<string, decimal>();
        foreach (var order in orders)
        {
            var assets = order.Symbol.Split('_');
            var rest = order.Quantity!.Value - order.ExecutedQuantity;
            var (asset, amount) = order.Side == "SELL" ? (assets[0], rest) : (assets[1], rest * order.Price!.Value);
            locked[asset] = locked.GetValueOrDefault(asset) + amount;
        }

        return locked;
    }
}
