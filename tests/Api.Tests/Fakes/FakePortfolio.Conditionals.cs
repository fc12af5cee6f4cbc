using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

public sealed partial class FakePortfolio : IPortfolioConditionals
{
    public static readonly ArmedOrderView Waiting = new(
        4294967299, "sl-1", "BTC_USDT", Side.Sell, OrderType.StopLossLimit, 60_000m, TriggerDirection.Falling, 0, false);

    public Func<PlacePair, PairReply> OnPlacePair { get; set; } = pair => Paired(pair.ClientListId, pair.Profit, pair.Stop);

    public Func<PairReference, PairReply> OnPair { get; set; } = _ => PairReply.Refused(Reason.UnknownOrderList);

    public ArmedOrderView[] Armed { get; set; } = [Waiting];

    public static PairReply Paired(string clientListId, PlaceOrder profit, PlaceOrder stop) => new(
        Reason.None, 4294967297, clientListId, [Leg(profit, 4294967297), Leg(stop, 4294967298)], 0, 0);

    public Task<PairReply> PlacePair(PlacePair pair) => Answer(pair, OnPlacePair);

    public Task<PairReply> CancelPair(PairReference pair) => Answer(pair, OnPair);

    public Task<PairReply> GetPair(PairReference pair) => Answer(pair, OnPair);

    public Task<ArmedOrdersView> GetArmed() => Answer("armed", _ => new ArmedOrdersView(Armed));

    private static OrderView Leg(PlaceOrder order, long id) => Accepted(order) with
    {
        OrderId = id, StopPrice = order.StopPrice, TrailingBps = order.TrailingBps, ListId = 4294967297,
    };
}
