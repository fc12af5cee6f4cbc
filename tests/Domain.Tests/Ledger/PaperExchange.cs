using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Tests.Portfolios;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>
/// Several portfolios, their houses and two markets under a seed: orders, cancels, venue fills, and settlements that come late,
/// in parts, twice and from long ago.
/// </summary>
internal sealed partial class PaperExchange
{
    private const int Users = 4;

    private readonly Random _random;
    private readonly List<(OrderPlaced Order, OrderPlaced? Stop)> _unsent = [];
    private readonly List<DomainEvent> _unsentRequests = [];
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

    public int Resets { get; private set; }
    public List<Owner> Owners { get; } = [];
    public IPaperMarket[] Markets { get; }

    public static IPaperMarket Plain(Market market, decimal middle) => new PaperMarket(market);

    public static IPaperMarket Real(Market market, decimal middle) => new RealMarket(market, middle);

    public void Step()
    {
        var owner = Owners[_random.Next(Users)];
        var market = Markets[_random.Next(Markets.Length)];
        if (owner.Portfolio.Resets.IsRunning)
            GoOnResetting(owner);
        switch (_random.Next(market is RealMarket ? 20 : 10))
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
            case 10 or 11 when market is RealMarket real:
                RequestPosition(owner, real);
                break;
            case 12 when market is RealMarket real:
                ChangePosition(owner, real);
                break;
            case 13 when market is RealMarket real:
                real.Move(_random.Next(-60, 61));
                break;
            case 14:
                SendOrLoseRequest();
                if (_random.Next(20) == 0)
                    StartReset(owner);
                break;
            case 16 or 17 when market is RealMarket real:
                PlaceConditional(owner, real);
                break;
            case 18 when market is RealMarket real:
                PlacePair(owner, real);
                break;
            case 19 when market is RealMarket real:
                RequestEntry(owner, real);
                break;
            default:
                Deliver(Owners[_random.Next(Owners.Count)], market);
                break;
        }
    }

    /// <summary>What is asked of positions meets the symbol, or is lost on the way and the hold goes back.</summary>
    private void SendOrLoseRequest()
    {
        if (_unsentRequests.Count == 0)
            return;
        var request = _unsentRequests[0];
        _unsentRequests.RemoveAt(0);
        var (id, symbol) = request switch
        {
            PositionRequested e => (e.PositionId, e.Symbol),
            MarginRequested e => (e.RequestId, e.Symbol),
            _ => throw new InvalidOperationException(),
        };
        if (_random.Next(10) == 0)
        {
            var owner = Owners.Single(owner => owner.Portfolio.Account == OrderIds.AccountOf(id));
            owner.Journal(owner.Portfolio.ReleaseNeverArrived(id));
            return;
        }

        var market = (RealMarket)MarketOf(symbol);
        if (request is PositionRequested open)
            market.Open(open);
        else
            market.AddMargin((MarginRequested)request);
    }

    private void RequestPosition(Owner owner, RealMarket market)
    {
        var side = (PositionSide)_random.Next(2);
        var away = _random.Next(3_000, 200_000) * (side == PositionSide.Long ? -1 : 1);
        var middle = (long)(market.Middle / market.Market.TickSize);
        var levels = new PositionLevels(
            _random.Next(3) == 0 ? middle + away : 0,
            _random.Next(3) == 0 ? middle - away : 0,
            _random.Next(3) == 0 ? TrailUnit.BasisPoints : TrailUnit.None,
            0,
            _random.Next(4) == 0 ? market.Sequence + _random.Next(1, 200) : 0);
        if (levels.TrailUnit != TrailUnit.None)
            levels = levels with { TrailDistance = _random.Next(1, 300) };
        var request = new OpenPosition(
            0, 0, _random.Next(3) == 0 ? $"p{_random.Next(1, 40)}" : "", side, _random.Next(1, 400_000) / 100m,
            new Leverage(_random.Next(10, 1_001)), levels);
        Requested(owner, owner.Portfolio.RequestPosition(request, market.Market, RealMarket.Terms));
    }

    private void ChangePosition(Owner owner, RealMarket market)
    {
        var mine = market.Positions.Positions.Where(position => position.Account == owner.Portfolio.Account).OrderBy(p => p.Id).ToList();
        if (mine.Count == 0)
            return;
        var position = mine[_random.Next(mine.Count)];
        switch (_random.Next(3))
        {
            case 0:
                Requested(owner, owner.Portfolio.RequestMargin("", position.Id, _random.Next(1, 1_000) / 10m, market.Market));
                break;
            case 1:
                market.Close(position.Account, position.Id, 0);
                break;
            default:
                market.Close(position.Account, position.Id, _random.NextInt64(1, position.Lots + 1));
                break;
        }
    }

    private static void StartReset(Owner owner)
    {
        var now = owner.Journaled.Count + 1;
        if (owner.Portfolio.StartReset($"reset-{now}", now, pauseMs: 20).Event is { } started)
            owner.Journal(started);
    }

    /// <summary>Asks for what is in the way, as often as it takes, and starts with new money when it is gone.</summary>
    private void GoOnResetting(Owner owner)
    {
        foreach (var order in owner.Portfolio.OpenOrders)
            MarketOf(order.Symbol).Cancel(order.OrderId);
        foreach (var position in owner.Portfolio.Positions.Open)
            ((RealMarket)MarketOf(position.Symbol)).Close(owner.Portfolio.Account, position.PositionId, 0);
        var finish = owner.Portfolio.FinishReset();
        foreach (var happened in finish)
            owner.Journal(happened);
        if (finish.Count == 0)
            return;
        Resets++;
        owner.Journal(owner.Portfolio.DepositFunds($"d-{owner.Journaled.Count}", Samples.Usdt, _random.Next(1, 1_000_000)));
    }

    private void Requested(Owner owner, RequestDecision decision)
    {
        if (decision.Requested is not { } requested)
            return;
        owner.Journal(requested);
        _unsentRequests.Add(requested);
    }

    /// <summary>Lets every open order be cancelled and every settlement arrive.</summary>
    public void Drain()
    {
        while (_unsent.Count > 0)
            SendOrLose();
        foreach (var order in Owners.SelectMany(owner => owner.Portfolio.OpenOrders))
            MarketOf(order.Symbol).Cancel(order.OrderId);
        while (_unsentRequests.Count > 0)
            SendOrLoseRequest();
        foreach (var market in Markets.OfType<RealMarket>())
        {
            foreach (var entry in market.Positions.Entries.Waiting.ToList())
                market.Cancel(entry.PositionId);
            CloseAll(market);
        }

        foreach (var market in Markets)
        {
            market.Flush();
            foreach (var owner in Owners)
                Deliver(owner, market, market.Sequence);
        }
    }

    /// <summary>Depth comes back with every record, so what is too much for it goes in parts.</summary>
    private static void CloseAll(RealMarket market)
    {
        for (var round = 0; market.Positions.Count > 0 && round < 1_000; round++)
        {
            foreach (var position in market.Positions.Positions.Where(p => p.State == PositionState.Open).ToList())
            {
                market.Flush();
                market.Close(position.Account, position.Id, 0);
            }

            market.Move(0);
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
        Owners.SelectMany(owner => owner.Journaled).OfType<FundsDeposited>().Where(e => e.Asset == asset).Sum(e => e.Amount)
        - Owners.SelectMany(owner => owner.Journaled).OfType<FundsWithdrawn>().Where(e => e.Asset == asset).Sum(e => e.Amount);

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
        var request = new OrderTerms(
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
        _unsent.Add((placed, null));
    }

    private void SendOrLose()
    {
        if (_unsent.Count == 0)
            return;
        var at = _random.Next(_unsent.Count);
        var (order, stop) = _unsent[at];
        _unsent.RemoveAt(at);
        if (_random.Next(10) > 0)
        {
            Send(order, stop);
            return;
        }

        var owner = Owners.Single(owner => owner.Portfolio.Account == OrderIds.AccountOf(order.OrderId));
        owner.Journal(owner.Portfolio.ReleaseNeverArrived(order.OrderId));
        if (stop is not null)
            owner.Journal(owner.Portfolio.ReleaseNeverArrived(stop.OrderId));
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
