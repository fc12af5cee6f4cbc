using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Publishing;

/// <summary>Two users and a venue that do things around one price, the same things for the same seed.</summary>
public sealed class RandomActivity
{
    private const long Middle = 1_000_000;
    private readonly ExchangeCluster _exchange;
    private readonly IPortfolioGrain[] _users;
    private readonly Random _random;

    private RandomActivity(ExchangeCluster exchange, IPortfolioGrain[] users, int seed)
    {
        _exchange = exchange;
        _users = users;
        _random = new Random(seed);
    }

    public static async Task<RandomActivity> Start(ExchangeCluster exchange, int seed)
    {
        await Eventually.Holds(() => exchange.Feed.ListenersOf(ExchangeCluster.Btc) == 1, "the symbol listens");
        exchange.OpenVenue(
            ExchangeCluster.Btc,
            [.. Enumerable.Range(1, 20).Select(i => (Middle - i * 100, 500L * i))],
            [.. Enumerable.Range(1, 20).Select(i => (Middle + i * 100, 500L * i))]);
        IPortfolioGrain[] users =
        [
            await exchange.User(1, ("USDT", 1_000_000), ("BTC", 100)),
            await exchange.User(2, ("USDT", 1_000_000), ("BTC", 100)),
        ];
        return new RandomActivity(exchange, users, seed);
    }

    public async Task Step()
    {
        var user = _users[_random.Next(_users.Length)];
        switch (_random.Next(5))
        {
            case 0 or 1:
                var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
                var price = 10_000m + _random.Next(-12, 13);
                await user.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, side, price, 0.01m * _random.Next(1, 20)));
                break;
            case 2:
                if ((await user.GetOpenOrders(null)).Orders is { Length: > 0 } open)
                    await user.CancelOrder(new CancelOrder(open[_random.Next(open.Length)].OrderId, "", ""));
                break;
            default:
                var distance = 100 * _random.Next(1, 21);
                var (venueSide, level) = _random.Next(2) == 0 ? (Side.Buy, Middle - distance) : (Side.Sell, Middle + distance);
                _exchange.Feed.Level(ExchangeCluster.Btc, venueSide, level, _random.Next(4) * 300, _exchange.NowMs);
                break;
        }
    }
}
