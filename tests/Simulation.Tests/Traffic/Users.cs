using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Simulation.Tests.Checks;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Traffic;

/// <summary>Clients that place and cancel everything there is, repeat themselves when they hear nothing, and sometimes when they did.</summary>
public sealed partial class Users(Chance chance, TimeProvider clock, Promises promises, bool withConditionals)
{
    public const int Count = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string Asset, decimal Amount)[] Funds = [("INR", 20_000), ("TATA", 200), ("USDT", 50_000), ("BTC", 5)];

    private readonly List<(long Account, PlaceOrder Order)> _asked = [];
    private readonly List<(long Account, long OrderId)> _known = [];
    private int _lastId;
    private int _lastReset;

    public static IEnumerable<long> Accounts => Enumerable.Range(1, Count).Select(number => (long)number);

    public static async Task Open(IPortfolioGrain portfolio, long account)
    {
        await portfolio.Open($"user{account}@example.com");
        foreach (var (asset, amount) in Funds)
            await portfolio.Deposit(new DepositFunds(asset, asset, amount));
    }

    public async Task PlaceNew(SimSilo silo)
    {
        var account = 1L + chance.Next(Count);
        if (withConditionals && chance.OneIn(4))
        {
            await PlacePair(silo, account);
            return;
        }

        var order = withConditionals && chance.OneIn(2) ? DrawConditional() : Draw();
        _asked.Add((account, order));
        await Place(silo, account, order);
    }

    public async Task PlaceAgain(SimSilo silo)
    {
        if (_asked.Count == 0)
            return;
        var (account, order) = chance.Of(_asked);
        if (chance.OneIn(10))
            order = order with { Quantity = order.Quantity + 1 };
        await Place(silo, account, order);
    }

    public async Task Cancel(SimSilo silo)
    {
        if (_known.Count == 0)
            return;
        var (account, orderId) = _known[chance.Next(Math.Max(0, _known.Count - 12), _known.Count)];
        await Cancel(silo, account, orderId);
    }

    public async Task Cancel(SimSilo silo, long account, long orderId)
    {
        var reply = await Patiently(() => silo.Portfolio(account).CancelOrder(new CancelOrder(orderId, "", "")));
        if (reply is not null)
            promises.Note(orderId, reply);
    }

    /// <summary>Starts over, repeats that sometimes, and begins again with new money where it was told that it is done.</summary>
    public async Task Reset(SimSilo silo)
    {
        var account = 1L + chance.Next(Count);
        var id = chance.OneIn(3) ? $"r{_lastReset}" : $"r{++_lastReset}";
        if (await Patiently(() => silo.Resets(account).Reset(id)) is not { Reason: Reason.None } reply)
            return;
        promises.Note(account, reply);
        if (reply.FinishedAtMs == 0)
            return;
        foreach (var (asset, amount) in Funds)
            await Patiently(() => silo.Portfolio(account).Deposit(new DepositFunds($"{asset}-{id}", asset, amount)));
    }

    /// <summary>Both sides of the users' own market, as far as the money goes.</summary>
    public async Task Quote(SimSilo silo, long account)
    {
        foreach (var (side, ticks) in new[] { (Side.Buy, 1_999), (Side.Sell, 2_001) })
        {
            await Place(silo, account, new PlaceOrder(
                $"q{++_lastId}", SimMarkets.Local.Symbol, side, OrderType.Limit, TimeInForce.GoodTillCancelled,
                SimMarkets.Local.PriceOf(ticks), SimMarkets.Local.QuantityOf(30), 0, 0, SelfTradePrevention.None));
        }
    }

    private async Task Place(SimSilo silo, long account, PlaceOrder order)
    {
        var reply = await Patiently(() => silo.Portfolio(account).PlaceOrder(order));
        if (reply is null)
            return;
        promises.Note(account, order, reply);
        if (reply.Order is { } view)
            _known.Add((account, view.OrderId));
    }

    /// <summary>Null when there was no answer, or one that promises nothing.</summary>
    private async Task<T?> Patiently<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().WaitAsync(Patience, clock);
        }
        catch (Exception exception) when (exception is not BrokenRuleException)
        {
            return null;
        }
    }

    private PlaceOrder Draw()
    {
        var isLocal = chance.OneIn(2);
        var market = isLocal ? SimMarkets.Local : SimMarkets.Venue;
        var side = chance.OneIn(2) ? Side.Buy : Side.Sell;
        var lots = isLocal ? chance.Next(1, 20) : chance.Next(100, 40_000);
        var ticks = isLocal ? 2_000 + chance.Next(-6, 7) : 1_000_000 + (100 * chance.Next(-8, 9));
        var quantity = market.QuantityOf(lots);
        var prevention = (SelfTradePrevention)chance.Next(5);
        var order = new PlaceOrder(
            $"c{++_lastId}", market.Symbol, side, OrderType.Limit, TimeInForce.GoodTillCancelled, market.PriceOf(ticks), quantity, 0, 0, prevention);
        return chance.Next(10) switch
        {
            0 => order with { TimeInForce = TimeInForce.ImmediateOrCancel },
            1 => order with { TimeInForce = TimeInForce.FillOrKill },
            2 => order with { Type = OrderType.LimitMaker },
            3 => order with { IcebergQuantity = market.QuantityOf(Math.Max(1, lots / 3)) },
            4 => order with { Type = OrderType.Market, Price = 0 },
            5 => order with { Type = OrderType.Market, Price = 0, Quantity = 0, QuoteAmount = 50 + chance.Next(1_000) },
            _ => order,
        };
    }
}
