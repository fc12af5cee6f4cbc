using Exchange.Domain.Positions;

namespace Exchange.Domain.Settlement;

/// <summary>
/// How a position, or a part of it, was left: profit before fees, and, where a price closed it, the level that was reached and
/// the price that reached it. The request is its owner's; it asked for so many lots, zero for all.
/// </summary>
public sealed record PositionExitFacts(
    long Lots,
    decimal EntryNotional,
    decimal ExitNotional,
    decimal Profit,
    decimal Fee,
    long LevelTicks,
    long PriceTicks,
    string RequestId,
    long AskedLots)
{
    internal static PositionExitFacts Of(in Exit exit, long levelTicks, long priceTicks, string requestId, long askedLots) => new(
        exit.Lots, exit.EntryNotional, exit.ExitNotional, exit.Profit, exit.Fee, levelTicks, priceTicks, requestId, askedLots);
}
