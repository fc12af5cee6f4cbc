using Exchange.Domain.Markets;

namespace Exchange.Domain.Valuation;

/// <summary>A market on the way from one asset to another: walked from base to quote, or back.</summary>
public readonly record struct RateStep(Market Market, bool IsForward)
{
    public string To => IsForward ? Market.Quote : Market.Base;

    public decimal Convert(decimal amount, decimal price) => IsForward ? amount * price : amount / price;
}

/// <summary>What an asset is worth in another that it may not trade against: through the fewest markets, of these the first listed.</summary>
public static class RatePath
{
    /// <param name="isUsable">Whether a market has a price at all.</param>
    /// <returns>Null where no way leads there; empty where the assets are the same.</returns>
    public static IReadOnlyList<RateStep>? Find(string from, string to, IReadOnlyList<Market> markets, Predicate<Market> isUsable)
    {
        var cameBy = new Dictionary<string, RateStep?>(StringComparer.Ordinal) { [from] = null };
        var next = new Queue<string>([from]);
        while (!cameBy.ContainsKey(to) && next.TryDequeue(out var asset))
        {
            foreach (var market in markets)
            {
                var step = new RateStep(market, market.Base == asset);
                if (market.Base != asset && market.Quote != asset || cameBy.ContainsKey(step.To) || !isUsable(market))
                    continue;
                cameBy[step.To] = step;
                next.Enqueue(step.To);
            }
        }

        return cameBy.ContainsKey(to) ? Walk(to, cameBy) : null;
    }

    private static List<RateStep> Walk(string to, Dictionary<string, RateStep?> cameBy)
    {
        var steps = new List<RateStep>();
        for (var asset = to; cameBy[asset] is { } step;)
        {
            steps.Add(step);
            asset = step.IsForward ? step.Market.Base : step.Market.Quote;
        }

        steps.Reverse();
        return steps;
    }
}
