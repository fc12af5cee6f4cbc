using System.Collections.Concurrent;
using System.Globalization;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>Silos go and come while clients trade, each of which repeats an order until it knows what became of it.</summary>
public sealed class LoadTests
{
    private const int Clients = 8;
    private const int OrdersAtATime = 80;

    /// <summary>A call on its way to a silo that dies may get no answer at all.</summary>
    private static readonly TimeSpan ClientsPatience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(long Account, string ClientOrderId), long> _acknowledged = new();
    private volatile bool _isOver;

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public async Task What_was_acknowledged_is_there_once_after_silos_were_lost(short silos, bool areKilled)
    {
        await using var exchange = await ExchangeCluster.Start(silos);
        for (var account = 1; account <= Clients; account++)
            await exchange.User(account, ("INR", 1_000_000), ("TATA", 10_000), ("USDT", 1_000_000), ("BTC", 100));
        await Scenes.OpenVenue(exchange, ExchangeCluster.Btc, 999_900, 1_000_100);

        var clients = Enumerable.Range(1, Clients).Select(account => Task.Run(() => Trade(exchange, account))).ToArray();
        await More(exchange);
        await Lose(exchange, exchange.Symbol(ExchangeCluster.Tata), areKilled);
        await More(exchange);
        await exchange.AddSilo();
        await Lose(exchange, exchange.Portfolio(1), areKilled);
        await More(exchange);
        _isOver = true;
        await exchange.Passing(() => clients.All(client => client.IsCompleted), "every client is through");
        await Task.WhenAll(clients);

        await exchange.SettlesExactly();
        foreach (var account in Enumerable.Range(1, Clients))
        {
            var placed = (await exchange.Events(Streams.Portfolio(account))).OfType<OrderPlaced>().ToLookup(order => order.ClientOrderId);
            foreach (var ((_, clientOrderId), orderId) in _acknowledged.Where(order => order.Key.Account == account))
                Assert.Equal(orderId, Assert.Single(placed[clientOrderId]).OrderId);
        }

        var accepted = (await exchange.Events(Streams.Symbol(ExchangeCluster.Tata)))
            .Concat(await exchange.Events(Streams.Symbol(ExchangeCluster.Btc)))
            .OfType<OrderAccepted>()
            .ToLookup(order => order.OrderId);
        Assert.All(_acknowledged.Values, orderId => Assert.Single(accepted[orderId]));
    }

    private async Task Trade(ExchangeCluster exchange, long account)
    {
        for (var number = 0; !_isOver; number++)
        {
            var order = OrderOf(account, number);
            while (await Place(exchange, account, order) is var reason && reason != Reason.None)
            {
                // Dead, as its owner was told: another one takes its place.
                if (reason == Reason.NeverReachedMarket)
                    order = order with { ClientOrderId = order.ClientOrderId + "x" };
            }

            exchange.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Delay(1);
        }
    }

    private async Task<Reason> Place(ExchangeCluster exchange, long account, PlaceOrder order)
    {
        try
        {
            var reply = await exchange.Portfolio(account).PlaceOrder(order).WaitAsync(ClientsPatience);
            Assert.True(reply.Reason is Reason.None or Reason.Timeout or Reason.NeverReachedMarket, $"{order} is refused: {reply.Reason}");
            if (reply.Reason == Reason.None)
                _acknowledged[(account, order.ClientOrderId)] = reply.Order!.OrderId;
            return reply.Reason;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            await Task.Delay(10);
            return Reason.Timeout;
        }
    }

    /// <summary>Users among themselves on one market, against the venue on the other.</summary>
    private static PlaceOrder OrderOf(long account, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c{number}");
        var side = (account + number) % 2 == 0 ? Side.Buy : Side.Sell;
        return number % 3 == 0
            ? ExchangeCluster.Limit(ExchangeCluster.Btc, side, side == Side.Buy ? 10_001 : 9_999, 0.01m, id)
            : ExchangeCluster.Limit(ExchangeCluster.Tata, side, 100 + (number % 5), 10, id);
    }

    private Task More(ExchangeCluster exchange)
    {
        var enough = _acknowledged.Count + OrdersAtATime;
        return exchange.Passing(() => _acknowledged.Count >= enough, $"{enough} orders are acknowledged");
    }

    private static async Task Lose(ExchangeCluster exchange, IAddressable grain, bool isKilled)
    {
        var home = await exchange.SiloOf(grain) ?? exchange.Silos[0];
        var loss = isKilled ? exchange.Kill(home) : exchange.Stop(home);
        await exchange.Passing(() => loss.IsCompleted, "the silo is gone");
        await loss;
    }
}
