using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.MarketMaking;

/// <summary>What a maker has: how far its inventory is from the target, and what is free to be put into new orders.</summary>
public readonly record struct Inventory(long PositionLots, long FreeLots, decimal FreeQuote);

/// <summary>
/// How to get from the quotes that are open to those that are wanted, with as few changes as possible and within the limits.
/// An order that is to be cancelled counts against the limits like one that stays, for the cancel may come too late: fills
/// in any order, between looking and placing or later, cannot carry the inventory past its limit.
/// </summary>
public sealed class QuotePlan
{
    /// <summary>A quote is renewed when it could be more than this many times as large.</summary>
    private const int WornOut = 2;

    private readonly List<OpenQuote> _cancel;
    private readonly List<Quote> _place = [];

    private QuotePlan(IReadOnlyList<OpenQuote> open) => _cancel = [.. open];

    public IReadOnlyList<OpenQuote> Cancel => _cancel;
    public IReadOnlyList<Quote> Place => _place;
    public bool IsNothing => _cancel.Count == 0 && _place.Count == 0;

    /// <param name="wanted">From a <see cref="QuoteGrid"/>, the most important first.</param>
    public static QuotePlan Of(
        QuoteTerms terms, Market market, IReadOnlyList<Quote> wanted, IReadOnlyList<OpenQuote> open, in Inventory has)
    {
        var plan = new QuotePlan(open);
        var budget = new QuoteBudget(terms, market, has);
        foreach (var quote in open)
            budget.TakeLimits(quote.Side, quote.PriceTicks, quote.Lots);
        var missing = plan.Sort(wanted, new QuoteBudget(terms, market, has));
        plan.PlaceMissing(missing, budget);
        return plan;
    }

    /// <summary>
    /// Keeps what is as good as a new quote, with limits and funds handed out to the most important first, and answers what
    /// is missing. What is not kept is to be cancelled.
    /// </summary>
    private List<Quote> Sort(IReadOnlyList<Quote> wanted, QuoteBudget budget)
    {
        foreach (var has in _cancel)
            budget.Fund(has.Side, has.PriceTicks, has.Lots);
        var missing = new List<Quote>();
        foreach (var quote in wanted)
        {
            var lots = budget.Affordable(quote);
            var at = _cancel.FindIndex(has => IsAsGood(has, quote with { Lots = lots }));
            if (at >= 0)
            {
                lots = _cancel[at].Lots;
                _cancel.RemoveAt(at);
            }
            else
                missing.Add(quote);

            budget.Take(quote.Side, quote.PriceTicks, lots);
        }

        return missing;
    }

    private void PlaceMissing(List<Quote> missing, QuoteBudget budget)
    {
        foreach (var quote in missing)
        {
            var lots = budget.Affordable(quote);
            if (lots == 0 || MeetsOldOnes(quote))
                continue;
            budget.Take(quote.Side, quote.PriceTicks, lots);
            _place.Add(quote with { Lots = lots });
        }
    }

    private static bool IsAsGood(in OpenQuote has, in Quote possible) => has.Side == possible.Side && has.PriceTicks == possible.PriceTicks
        && has.Lots <= possible.Lots && has.Lots * WornOut >= possible.Lots;

    /// <summary>It would trade with an order of our own that is to be cancelled but may still be there.</summary>
    private bool MeetsOldOnes(Quote quote) => _cancel.Exists(old => old.Side != quote.Side
        && (quote.Side == Side.Buy ? old.PriceTicks <= quote.PriceTicks : old.PriceTicks >= quote.PriceTicks));
}
