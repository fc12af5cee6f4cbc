using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Users;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>What is shown and when, when a symbol comes and goes, and who wakes whom.</summary>
public sealed partial class SymbolLifeTests
{
    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10);

    [Fact]
    public async Task Nothing_is_shown_before_it_is_durable()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        await buyer.PlaceOrder(Bid);
        var symbol = exchange.Symbol(ExchangeCluster.Tata);
        var records = exchange.Journal.Count;

        exchange.Journal.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 4));
        await Eventually.Holds(() => exchange.Journal.Count == records + 1, "the hold is on its way to the disk");
        var balances = seller.GetBalances();
        Assert.False(balances.IsCompleted);
        Assert.Equal(1, exchange.Messages.CountOf("Submit"));
        OpenGate(exchange, reclose: true);
        await Eventually.Holds(() => exchange.Journal.Count == records + 2, "the fill is on its way to the disk");
        var depth = symbol.GetDepth(10);
        var trades = symbol.GetTrades(10);
        await symbol.GetStatus();

        Assert.Equal(new BalanceView("TATA", 96, 4), Assert.Single((await balances).Balances));
        Assert.False(holding.IsCompleted || depth.IsCompleted || trades.IsCompleted);
        Assert.Equal(0, exchange.Messages.CountOf("Settle"));
        OpenGate(exchange, reclose: false);
        Assert.Equal(OrderStatus.Filled, (await holding).Order!.Status);
        Assert.Equal(6, Assert.Single((await depth).Bids).Quantity);
        Assert.Equal(4, Assert.Single((await trades).Trades).Quantity);
    }

    [Fact]
    public async Task What_the_venue_did_while_nobody_listened_is_made_up_for()
    {
        await using var exchange = await ExchangeCluster.Start();
        var minute = exchange.NowMs - (exchange.NowMs % 60_000) - 120_000;
        exchange.Feed.Candles.Add(new VenueCandle(minute, 1_000_000, 1_000_500, 999_500, 1_000_100, 7, 7_000_000, 3));

        var ticker = await exchange.Symbol(ExchangeCluster.Btc).GetTicker();

        Assert.Equal((10_001m, 10_005m, 9_995m), (ticker.LastPrice, ticker.HighPrice, ticker.LowPrice));
        Assert.Equal(minute, Assert.Single(await Candles(exchange, ExchangeCluster.Btc)).OpenTimeMs);
        Assert.Equal(1_000_100 / 100m, Assert.Single((await exchange.Symbol(ExchangeCluster.Btc).GetCandles("1m", 10)).Candles).Close);
    }

    [Fact]
    public async Task On_stale_depth_market_orders_are_refused_and_limit_orders_rest()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await exchange.Symbol(ExchangeCluster.Btc).WakeUp();
        exchange.OpenVenue(ExchangeCluster.Btc, [(999_900, 200_000)], [(1_000_000, 100_000)]);
        await Eventually.Holds(async () => (await exchange.Symbol(ExchangeCluster.Btc).GetDepth(1)).Asks.Length == 1, "the depth has come");

        exchange.Clock.Advance(TimeSpan.FromSeconds(6));
        var market = await buyer.PlaceOrder(ExchangeCluster.Market(ExchangeCluster.Btc, Side.Buy, 0.5m));
        var limit = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 10_000, 0.5m));

        Assert.Equal(Reason.MarketDataStale, market.Reason);
        Assert.Equal((Reason.None, OrderStatus.New), (limit.Reason, limit.Order!.Status));
    }

    [Fact]
    public async Task What_a_symbol_remembers_depends_on_what_is_open_not_on_what_happened()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        for (var i = 0; i < 40; i++)
        {
            var placed = await buyer.PlaceOrder(Bid);
            await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));
        }

        await exchange.Restart();

        var saved = await exchange.Snapshots.LoadAsync(Streams.Symbol(ExchangeCluster.Tata));
        var state = new SymbolState(DefaultMarkets.All.Single(market => market.Symbol == ExchangeCluster.Tata));
        SymbolSnapshot.Read(saved!.Value.Payload.Span, state);
        Assert.Single(Assert.Single(state.Orders.Memory()).Finished);
    }

    [Fact]
    public async Task Two_sign_ups_at_once_get_one_account()
    {
        await using var exchange = await ExchangeCluster.Start();
        var ann = exchange.Grains.GetGrain<IUserGrain>("ann@example.com");

        var replies = await Task.WhenAll(ann.SignUp(), ann.SignUp(), exchange.Grains.GetGrain<IUserGrain>("bob@example.com").SignUp());

        Assert.All(replies, reply => Assert.Equal(Reason.None, reply.Reason));
        Assert.Equal(replies[0].Account, replies[1].Account);
        Assert.Equal([1L, 2L], replies.Select(reply => reply.Account).Distinct().Order());
    }

    [Fact]
    public async Task Markets_are_listed_once()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).EnsureListed();
        await exchange.Restart();

        Assert.Equal(DefaultMarkets.All.Count, (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Count());
    }

    [Fact]
    public async Task A_halted_market_refuses_orders_and_takes_cancellations()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var placed = await buyer.PlaceOrder(Bid);

        await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).SetStatus(ExchangeCluster.Tata, MarketStatus.Halted);

        Assert.Equal(Reason.MarketHalted, (await buyer.PlaceOrder(Bid)).Reason);
        Assert.Equal(Reason.None, (await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""))).Reason);
    }

    private static void OpenGate(ExchangeCluster exchange, bool reclose)
    {
        var gate = exchange.Journal.Gate!;
        exchange.Journal.Gate = reclose ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        gate.SetResult();
    }

    private static async Task<List<CandleClosed>> Candles(ExchangeCluster exchange, string symbol) =>
        [.. (await exchange.Events(Streams.Symbol(symbol))).OfType<CandleClosed>()];
}
