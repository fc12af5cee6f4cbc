using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.MarketMaking;

/// <summary>A maker on TATA_INR around 100: ten quotes on each side, 0.10 from one to the next.</summary>
public sealed class MarketMakerTests
{
    private const int AllQuotes = 20;

    private static readonly ReferenceSettings Hundred = new(ReferenceKind.Fixed, Price: 100, RangeBps: 0, Symbol: "", Factor: 1);
    private static readonly ReferenceSettings OfBtc = new(ReferenceKind.Market, Price: 0, RangeBps: 0, ExchangeCluster.Btc, Factor: 0.01m);
    private static readonly MakerSettings Settings = new MarketMakerOptions().DefaultsFor(ExchangeCluster.Tata) with { Reference = Hundred };
    private static readonly long Account = MakerAccountNumber(ExchangeCluster.Tata);

    [Fact]
    public async Task A_market_of_users_alone_is_alive_out_of_the_box()
    {
        await using var exchange = await ExchangeCluster.Start(services => services.Configure<MarketMakerOptions>(maker => maker.Enabled = true));
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes");

        var depth = await exchange.Symbol(ExchangeCluster.Tata).GetDepth(100);
        Assert.Equal((10, 10), (depth.Bids.Length, depth.Asks.Length));
        Assert.InRange(depth.Bids[0].Price, 94m, depth.Asks[0].Price - 0.20m);
        Assert.InRange(depth.Asks[0].Price, 95m, 106m);
    }

    [Fact]
    public async Task Its_money_is_deposited_into_an_account_of_its_own_and_journaled()
    {
        await using var exchange = await StartQuoting();

        var events = await exchange.Events(Streams.Portfolio(Account));

        Assert.Equal(new AccountOpened(Account, "market-maker.tata_inr@exchange.invalid"), events[0]);
        Assert.Equal(
            [new FundsDeposited("market-maker-base", "TATA", 50_000), new FundsDeposited("market-maker-quote", "INR", 10_000_000)],
            events.OfType<FundsDeposited>());
    }

    [Fact]
    public async Task Quotes_stand_in_the_book_around_the_reference()
    {
        await using var exchange = await StartQuoting();

        var depth = await exchange.Symbol(ExchangeCluster.Tata).GetDepth(100);

        Assert.Equal([(99.90m, 100m), (99.80m, 120m), (99.70m, 140m)], depth.Bids.Take(3).Select(level => (level.Price, level.Quantity)));
        Assert.Equal([(100.10m, 100m), (100.20m, 120m), (100.30m, 140m)], depth.Asks.Take(3).Select(level => (level.Price, level.Quantity)));
    }

    [Fact]
    public async Task While_nothing_happens_nothing_is_written()
    {
        await using var exchange = await StartQuoting();
        var records = exchange.Journal.Count;

        await Rounds(exchange, 10);

        Assert.Equal(records, exchange.Journal.Count);
    }

    [Fact]
    public async Task A_user_trades_against_it_and_the_price_follows()
    {
        await using var exchange = await StartQuoting();
        var buyer = await exchange.User(1, ("INR", 1_000_000));

        var bought = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 101.50m, 1_900));
        await exchange.Passing(async () => (await Maker(exchange).Get()).Position == -1_900, "the maker has seen the trade");
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "it quotes again");

        Assert.Equal(OrderStatus.Filled, bought.Order!.Status);
        var depth = await exchange.Symbol(ExchangeCluster.Tata).GetDepth(1);
        Assert.Equal((100.20m, 100.50m), (depth.Bids[0].Price, depth.Asks[0].Price));
    }

    [Fact]
    public async Task A_restart_finds_the_quotes_and_places_none_again()
    {
        await using var exchange = await StartQuoting();
        var placed = await CountPlaced(exchange);

        foreach (var gracefully in new[] { true, false })
        {
            await exchange.Restart(gracefully);
            await Rounds(exchange, 3);
            Assert.Equal((AllQuotes, placed), (await CountOpen(exchange), await CountPlaced(exchange)));
        }
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_does_not_double_a_quote()
    {
        await using var exchange = await ExchangeCluster.Start(services => services.Configure<MarketMakerOptions>(Allowed));
        exchange.Messages.FailFirst(7, "PlaceOrder", MessageFault.ReplyLost);
        await Maker(exchange).Change(Settings);

        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes");
        await Rounds(exchange, 3);

        Assert.Equal((AllQuotes, AllQuotes), (await CountOpen(exchange), await CountPlaced(exchange)));
    }

    [Fact]
    public async Task A_stale_reference_pulls_all_quotes_and_a_fresh_one_brings_them_back()
    {
        await using var exchange = await ExchangeCluster.Start(services => services.Configure<MarketMakerOptions>(Allowed));
        await exchange.Symbol(ExchangeCluster.Btc).WakeUp();
        exchange.OpenVenue(ExchangeCluster.Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);
        await Maker(exchange).Change(Settings with { Reference = OfBtc });
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes");
        Assert.Equal(100, (await Maker(exchange).Get()).ReferencePrice);

        exchange.Feed.State(ExchangeCluster.Btc, FeedState.Down, "gone", exchange.NowMs);
        await exchange.Passing(async () => (await Maker(exchange).Get()).State == MakerState.ReferenceStale, "the reference is stale");
        await exchange.Passing(async () => await CountOpen(exchange) == 0, "the quotes are pulled");

        exchange.OpenVenue(ExchangeCluster.Btc, [(1_009_990, 100_000)], [(1_010_010, 100_000)]);
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes again");
        Assert.Equal(101, (await Maker(exchange).Get()).ReferencePrice);
    }

    [Fact]
    public async Task An_operator_switches_it_off_and_it_stays_off_until_it_is_switched_on()
    {
        await using var exchange = await StartQuoting();

        Assert.Equal(new MakerReply(Reason.None, ""), await Maker(exchange).Change(Settings with { IsOn = false }));
        Assert.Equal(0, await CountOpen(exchange));
        await exchange.Restart();
        await Rounds(exchange, 3);
        Assert.Equal((0, MakerState.Off), (await CountOpen(exchange), (await Maker(exchange).Get()).State));

        await Maker(exchange).Change(Settings);
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes again");
    }

    [Fact]
    public async Task One_that_the_configuration_forbids_takes_back_what_it_left()
    {
        await using var exchange = await StartQuoting();

        exchange.Configure = services => services.Configure<MarketMakerOptions>(maker => maker.Enabled = false);
        await exchange.Restart();

        await exchange.Passing(async () => await CountOpen(exchange) == 0, "the quotes are gone");
        Assert.False((await Maker(exchange).Get()).IsAllowed);
    }

    [Fact]
    public async Task On_a_halted_market_it_has_no_quotes()
    {
        await using var exchange = await StartQuoting();
        var markets = exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

        await markets.SetStatus(ExchangeCluster.Tata, MarketStatus.Halted);

        // A round that was under way is refused first; the next one finds the market closed.
        await exchange.Passing(async () => (await Maker(exchange).Get()).State == MakerState.MarketClosed, "it finds the market closed");
        await exchange.Passing(async () => await CountOpen(exchange) == 0, "the quotes are pulled");

        await markets.SetStatus(ExchangeCluster.Tata, MarketStatus.Trading);
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes again");
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_with_a_sentence()
    {
        await using var exchange = await ExchangeCluster.Start();

        Assert.Equal("A side has 1 to 50 quotes.", (await Maker(exchange).Change(Settings with { Levels = 0 })).Problem);
        Assert.Equal(Reason.InvalidRequest, (await Maker(exchange).Change(Settings with { Reference = Hundred with { Price = 0.01m } })).Reason);
        Assert.Equal(Reason.InvalidRequest, (await Maker(exchange).Change(Settings with { Reference = OfBtc with { Symbol = "NO_SUCH" } })).Reason);
        Assert.Equal(
            Reason.InvalidRequest, (await Maker(exchange).Change(Settings with { Reference = OfBtc with { Symbol = ExchangeCluster.Tata } })).Reason);
        var ofVenue = exchange.Grains.GetGrain<IMarketMakerGrain>(ExchangeCluster.Btc);
        Assert.StartsWith("A venue makes this market", (await ofVenue.Change(Settings)).Problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_users_never_carry_it_past_its_limits_and_no_money_is_made(int seed)
    {
        var random = new Random(seed);
        await using var exchange = await ExchangeCluster.Start(services => services.Configure<MarketMakerOptions>(Allowed));
        await Maker(exchange).Change(Settings with { PositionMax = 2_500, ExposureMax = 150_000 });
        var user = await exchange.User(1, ("INR", 100_000_000), ("TATA", 100_000));

        var worst = 0m;
        for (var step = 0; step < 45; step++)
        {
            var side = random.Next(step < 25 ? 8 : 2) == 0 ? Side.Sell : Side.Buy;
            var price = 100 + ((side == Side.Buy ? 1 : -1) * random.Next(20, 120) * 0.05m);
            await user.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, side, price, random.Next(1, 1_500)) with
            {
                TimeInForce = TimeInForce.ImmediateOrCancel,
            });
            var position = await Position(exchange);
            worst = Math.Max(worst, Math.Abs(position));
            Assert.True(Math.Abs(position) <= 2_500, $"Seed {seed}, step {step}: the position is {position}.");
            Assert.True(await Exposure(exchange) <= 150_000, $"Seed {seed}, step {step}: the quotes are worth too much.");
            if (random.Next(2) == 0)
                await Rounds(exchange, 1);
        }

        Assert.True(worst > 1_500, $"Seed {seed}: the limit was never near.");
        await exchange.Passing(async () => (await exchange.Symbol(ExchangeCluster.Tata).GetStatus()).UnsettledItems == 0, "all is settled");
        var report = await Audit(exchange);
        Assert.True(report.IsClean, $"Seed {seed}: {string.Join('\n', report.Problems)}");
        Assert.Equal(100_000 + 50_000, report.Assets.Single(asset => asset.Asset == "TATA").Deposited);
    }

    private static void Allowed(MarketMakerOptions maker) => (maker.Enabled, maker.Symbols) = (true, []);

    private static long MakerAccountNumber(string symbol) =>
        OrderIds.AccountMax - DefaultMarkets.All.Single(market => market.Symbol == symbol).Number;

    private static IMarketMakerGrain Maker(ExchangeCluster exchange) => exchange.Grains.GetGrain<IMarketMakerGrain>(ExchangeCluster.Tata);

    private static async Task<ExchangeCluster> StartQuoting()
    {
        var exchange = await ExchangeCluster.Start(services => services.Configure<MarketMakerOptions>(Allowed));
        Assert.Equal(new MakerReply(Reason.None, ""), await Maker(exchange).Change(Settings));
        await exchange.Passing(async () => await CountOpen(exchange) == AllQuotes, "the maker quotes");
        return exchange;
    }

    private static async Task Rounds(ExchangeCluster exchange, int count)
    {
        for (var round = 0; round < count; round++)
        {
            exchange.Clock.Advance(TimeSpan.FromMilliseconds(1_001));

            // Stands in line behind the round that has become due.
            await Maker(exchange).WakeUp();
        }
    }

    private static async Task<int> CountOpen(ExchangeCluster exchange) =>
        (await exchange.Portfolio(Account).GetOpenOrders(null)).Orders.Length;

    private static async Task<int> CountPlaced(ExchangeCluster exchange) =>
        (await exchange.Events(Streams.Portfolio(Account))).OfType<OrderPlaced>().Count();

    private static async Task<decimal> Position(ExchangeCluster exchange)
    {
        var balances = (await exchange.Portfolio(Account).GetBalances()).Balances;
        return balances.Where(balance => balance.Asset == "TATA").Sum(balance => balance.Available + balance.Locked - 50_000);
    }

    private static async Task<decimal> Exposure(ExchangeCluster exchange) =>
        (await exchange.Portfolio(Account).GetOpenOrders(null)).Orders.Sum(order => order.Price * (order.Quantity - order.FilledQuantity));

    private static async Task<AuditReport> Audit(ExchangeCluster exchange)
    {
        var audit = new ConservationAudit(DefaultMarkets.All);
        await foreach (var record in exchange.Journal.ReadAllAsync())
            audit.Feed(record.Stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        return audit.Report();
    }
}
