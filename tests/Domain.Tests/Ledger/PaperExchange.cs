using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Tests.Portfolios;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>
/// Several portfolios, their houses and two markets under a seed: orders, cancels, venue fills, and settlements that come late,
/// in parts, twice and from long ago.
/// </summary>
internal sealed class PaperExchange
{
    private const int Users = 4;

    private readonly Random _random;
    private readonly List<OrderPlaced> _unsent = [];
    private int _requests;

    public PaperExchange(int seed, Func<Market, decimal, IPaperMarket> symbol)
    {
        _random = new Random(seed);
        Markets =
        [
            symbol(Samples.BtcUsdt with { MakerFeeBps = 7, TakerFeeBps = 13 }, MiddleOf("BTC")),
            symbol(Samples.EthUsdt with { MakerFeeBps = 10, TakerFeeBps = 10 }, MiddleOf("ETH")),
        ];
        for (var account = 1; account <= Users; account++)
        {
            Owners.Add(new Owner(
                account,
                (Samples.Usdt, _random.Next(1, 1_000_000_000) / 1_000m),
                (Samples.Btc, _random.Next(1, 1_000_000_000) / 100_000_000m)));
        }

        foreach (var market in Markets)
            Owners.Add(new Owner(market.Market.HouseAccount));
    }

    public List<Owner> Owners { get; } = [];
    public IPaperMarket[] Markets { get; }

    public static IPaperMarket Plain(Market market, decimal middle) => new PaperMarket(market);

    public static IPaperMarket Real(Market market, decimal middle) => new RealMarket(market, middle);

    public void Step()
    {
        var owner = Owners[_random.Next(Users)];
        var market = Markets[_random.Next(Markets.Length)];
        switch (_random.Next(10))
        {
            case < 4:
                Place(owner, market);
                break;
            case 4 when owner.Portfolio.OpenOrders is { Count: > 0 } open:
                var order = open[_random.Next(open.Count)];
                MarketOf(order.Symbol).Cancel(order.OrderId);
                break;
            case 5 when market.RestingOrderIds.ToList() is { Count: > 0 } resting:
                market.FillFromVenue(resting[_random.Next(resting.Count)], _random.Next(1, 50_000));
                break;
            case 6:
                SendOrLose();
                break;
            case 7:
                market.Flush();
                break;
            default:
                Deliver(Owners[_random.Next(Owners.Count)], market);
                break;
        }
    }

    /// <summary>Lets every open order be cancelled and every settlement arrive.</summary>
    public void Drain()
    {
        while (_unsent.Count > 0)
            SendOrLose();
        foreach (var order in Owners.SelectMany(owner => owner.Portfolio.OpenOrders))
            MarketOf(order.Symbol).Cancel(order.OrderId);
        foreach (var market in Markets)
        {
            market.Flush();
            foreach (var owner in Owners)
                Deliver(owner, market, market.Sequence);
        }
    }

    public void Restart(Func<Owner, Portfolio> from)
    {
        foreach (var owner in Owners)
            owner.Portfolio = from(owner);
        foreach (var market in Markets)
            market.Restart();
    }

    public AuditReport Audit()
    {
        var audit = new ConservationAudit(Markets.Select(market => market.Market));
        var streams = new List<Action>();
        foreach (var owner in Owners)
        {
            var stream = Streams.Portfolio(owner.Portfolio.Account);
            streams.Add(() => Feed(owner.Journaled, (sequence, batch) => audit.Feed(stream, sequence, batch)));
        }

        foreach (var market in Markets)
        {
            var stream = Streams.Symbol(market.Market.Symbol);
            streams.Add(() => market.Journal.ForEach(record => audit.Feed(stream, record.Sequence, record.Batch)));
        }

        var order = streams.ToArray();
        new Random(_requests).Shuffle(order);
        foreach (var feed in order)
            feed();
        return audit.Report();
    }

    public decimal TotalOf(string asset) => Owners.Sum(owner => owner[asset].Total);

    public decimal DepositsOf(string asset) =>
        Owners.SelectMany(owner => owner.Journaled).OfType<FundsDeposited>().Where(e => e.Asset == asset).Sum(e => e.Amount);

    private static void Feed(List<DomainEvent> events, Action<long, EventBatch> feed)
    {
        for (var i = 0; i < events.Count; i++)
            feed(i + 1, new EventBatch(i, [events[i]]));
    }

    private void Place(Owner owner, IPaperMarket market)
    {
        var middle = MiddleOf(market.Market.Base);
        var price = middle + _random.Next(-2_000, 2_000) * market.Market.TickSize;
        var quantity = _random.Next(1, 60_000) * market.Market.LotSize;
        var side = (Side)_random.Next(2);
        var isMarket = _random.Next(4) == 0;
        var byAmount = isMarket && _random.Next(2) == 0;
        var timeInForce = _random.Next(5) == 0 ? (TimeInForce)_random.Next(3) : TimeInForce.GoodTillCancelled;
        var waits = !isMarket && timeInForce == TimeInForce.GoodTillCancelled;
        var request = new PlaceOrder(
            _random.Next(3) == 0 ? $"r{_random.Next(1, _requests++ + 2)}" : "",
            market.Market.Symbol,
            side,
            isMarket ? OrderType.Market : waits && _random.Next(6) == 0 ? OrderType.LimitMaker : OrderType.Limit,
            timeInForce,
            isMarket ? 0 : price,
            byAmount ? 0 : quantity,
            byAmount ? _random.Next(5, 5_000) + 0.12345678m : 0,
            waits && _random.Next(6) == 0 ? market.Market.LotSize * _random.Next(1, 1_000) : 0,
            (SelfTradePrevention)_random.Next(5));
        var protection = side == Side.Buy ? middle * 1.5m : middle * 0.5m;

        var decision = owner.Portfolio.Place(request, market.Market, new MarketReference(middle, protection));
        if (decision.Placed is not { } placed)
            return;
        owner.Journal(placed);
        _unsent.Add(placed);
    }

    private void SendOrLose()
    {
        if (_unsent.Count == 0)
            return;
        var at = _random.Next(_unsent.Count);
        var order = _unsent[at];
        _unsent.RemoveAt(at);
        if (_random.Next(10) > 0)
        {
            MarketOf(order.Symbol).Submit(order);
            return;
        }

        var owner = Owners.Single(owner => owner.Portfolio.Account == OrderIds.AccountOf(order.OrderId));
        owner.Journal(owner.Portfolio.ReleaseNeverArrived(order.OrderId));
    }

    private void Deliver(Owner owner, IPaperMarket market)
    {
        var mark = owner.Portfolio.MarkOf(market.Market.Symbol);
        Deliver(owner, market, _random.NextInt64(Math.Max(0, mark - 3), market.Sequence + 1));
    }

    private void Deliver(Owner owner, IPaperMarket market, long upTo)
    {
        var mark = owner.Portfolio.MarkOf(market.Market.Symbol);
        var items = market.Owed(owner.Portfolio.Account, _random.NextInt64(0, mark + 1), upTo);
        var decision = owner.Portfolio.Settle(market.Market, upTo, items);
        Assert.Equal(Reason.None, decision.Reason);
        foreach (var domainEvent in decision.Events)
            owner.Journal(domainEvent);
    }

    private static decimal MiddleOf(string baseAsset) => baseAsset == "BTC" ? 50_000 : 3_000;

    private IPaperMarket MarketOf(string symbol) => Markets.Single(market => market.Market.Symbol == symbol);
}
