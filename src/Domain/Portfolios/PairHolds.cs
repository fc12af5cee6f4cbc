using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// Two orders of which one cancels the other hold once, what the worse of them may cost. When one ends, the other goes on with
/// what it needs: a limit order exactly, a market order all there is, for it keeps its hold to the end anyway.
/// </summary>
internal static class PairHolds
{
    /// <summary>What goes over to the order that stays; negative where that gives back. Zero without one.</summary>
    public static decimal ToMove(OpenOrder? pair, decimal held) => pair is null ? 0 : ToMove(pair.Terms, pair.Held, held);

    public static decimal ToMove(OrderPlaced pair, decimal pairHeld, decimal held)
    {
        if (pair.Type.Working() == OrderType.Market)
            return held;
        var needed = pair.Side == Side.Buy ? pair.Price * pair.Quantity : pair.Quantity;
        return needed - pairHeld;
    }
}
