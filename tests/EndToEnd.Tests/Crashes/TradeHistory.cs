using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Crashes;

/// <summary>Works out from deposits and own trades alone what everybody must have: a fill that was settled twice, or never, shows.</summary>
internal static class TradeHistory
{
    public static async Task ExplainsBalancesAsync(IEnumerable<Trader> traders, IReadOnlyList<SentOrder> sent)
    {
        foreach (var trader in traders)
        {
            var markets = sent.Where(order => order.Trader == trader).Select(order => order.Order.Market).Distinct();
            await Eventually.HoldsAsync(() => ExplainsBalancesAsync(trader, [.. markets]));
        }
    }

    private static async Task ExplainsBalancesAsync(Trader trader, IReadOnlyList<string> markets)
    {
        var expected = new Dictionary<string, decimal>(trader.Deposits);
        foreach (var market in markets)
        {
            var trades = await trader.TradesAsync(market);
            Assert.Equal(trades.Length, trades.DistinctBy(trade => (trade.TradeId, trade.OrderId)).Count());
            foreach (var trade in trades)
                Apply(trade, expected);
        }

        var balances = await trader.BalancesAsync();
        foreach (var (asset, total) in expected)
            Assert.Equal((asset, total), (asset, balances[asset].Total));
    }

    private static void Apply(OwnTrade trade, Dictionary<string, decimal> totals)
    {
        var (baseAsset, quoteAsset) = (trade.Symbol.Split('_')[0], trade.Symbol.Split('_')[1]);
        var sign = trade.Side == "BUY" ? 1 : -1;
        Add(totals, baseAsset, sign * trade.Quantity);
        Add(totals, quoteAsset, -sign * trade.Price * trade.Quantity);
        Add(totals, trade.FeeAsset, -trade.Fee);
    }

    private static void Add(Dictionary<string, decimal> totals, string asset, decimal amount) =>
        totals[asset] = totals.GetValueOrDefault(asset) + amount;
}
