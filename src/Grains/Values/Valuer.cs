using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Valuation;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Values;

/// <summary>Adds up what an account has and turns it into one asset at the prices of now.</summary>
internal sealed class Valuer(IGrainFactory grains, IMarketCatalog catalog, PriceBoard prices)
{
    private const int Digits = 8;

    public async Task<ValueReply> Value(long account, string asset, long nowMs)
    {
        if (!catalog.Assets.Any(known => known.Code == asset))
            return new ValueReply(Reason.UnknownAsset, asset, nowMs, 0, []);
        var balances = await grains.GetGrain<IPortfolioGrain>(account).GetBalances();
        if (balances.Reason != Reason.None)
            return new ValueReply(balances.Reason, asset, nowMs, 0, []);
        var positions = await grains.GetGrain<IPortfolioPositions>(account).GetPositions();

        var amounts = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var balance in balances.Balances)
            Add(balance.Asset, balance.Available + balance.Locked);
        foreach (var position in positions.Positions)
        {
            // Nobody loses more than was put in.
            if (catalog.TryGet(position.Symbol, out var market))
                Add(market.Quote, Math.Max(0, position.Margin + position.UnrealisedProfit));
        }

        var holdings = new List<HoldingView>();
        foreach (var (held, amount) in amounts)
            holdings.Add(new HoldingView(held, amount, await Convert(held, amount, asset)));
        return new ValueReply(Reason.None, asset, nowMs, holdings.Sum(holding => holding.Value ?? 0), [.. holdings]);

        void Add(string code, decimal amount)
        {
            if (amount != 0)
                amounts[code] = amounts.GetValueOrDefault(code) + amount;
        }
    }

    /// <summary>A way with a market that has no price is no way: then the next one is tried.</summary>
    private async Task<decimal?> Convert(string from, decimal amount, string to)
    {
        var silent = new HashSet<Market>();
        while (RatePath.Find(from, to, catalog.Markets, market => !silent.Contains(market)) is { } path)
        {
            var converted = amount;
            foreach (var step in path)
            {
                var price = await prices.PriceOf(step.Market);
                if (price <= 0)
                {
                    silent.Add(step.Market);
                    break;
                }

                converted = step.Convert(converted, price);
            }

            if (!path.Any(step => silent.Contains(step.Market)))
                return Math.Round(converted, Digits, MidpointRounding.ToZero);
        }

        return null;
    }
}
