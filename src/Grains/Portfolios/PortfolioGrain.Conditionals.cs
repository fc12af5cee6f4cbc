using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Portfolios;

/// <summary>The owner's side of pairs and of what waits for a price; the work is done beside the grain.</summary>
public sealed partial class PortfolioGrain : IPortfolioConditionals
{
    public Task<PairReply> PlacePair(PlacePair pair)
    {
        ThrowIfBroken();
        return _pairs.Place(pair);
    }

    public Task<PairReply> CancelPair(PairReference pair) => _pairs.Cancel(pair);

    public Task<PairReply> GetPair(PairReference pair) => _pairs.Get(pair);

    public Task<ArmedOrdersView> GetArmed() => _pairs.Armed();

    /// <summary>
    /// What is held for a market order depends on the market; a conditional one brings the price that it goes by, unless it
    /// follows.
    /// </summary>
    internal static bool NeedsQuote(PlaceOrder order) =>
        order.Type == OrderType.Market || (order.Type.IsConditional() && order.StopPrice == 0);
}
