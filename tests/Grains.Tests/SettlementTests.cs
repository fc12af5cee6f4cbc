using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Symbols;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests;

/// <summary>From the symbol's journal to the account, at least once and with effect exactly once.</summary>
public sealed class SettlementTests
{
    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10);
    private static readonly PlaceOrder Ask = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10);

    [Fact]
    public async Task A_settlement_that_fails_is_tried_again_and_booked_once()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, seller) = await BuyerAndSeller(exchange);
        await buyer.PlaceOrder(Bid);

        exchange.Messages.FailAll(MessageFault.Lost, "Settle");
        await exchange.Passing(seller.PlaceOrder(Ask));
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);
        await exchange.Passing(() => exchange.Messages.CountOf("Settle") >= 6, "delivery is tried again");
        exchange.Messages.Heal();

        await exchange.Passing(async () => await Unsettled(exchange) == 0, "everything is settled");
        Assert.Equal([new BalanceView("INR", 9_000, 0), new BalanceView("TATA", 10, 0)], (await buyer.GetBalances()).Balances);
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<FillSettled>());
        Assert.Single((await exchange.Events(Streams.Portfolio(2))).OfType<FillSettled>());
    }

    [Fact]
    public async Task A_settlement_whose_confirmation_is_lost_is_not_booked_again()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, seller) = await BuyerAndSeller(exchange);
        await buyer.PlaceOrder(Bid);

        exchange.Messages.FailFirst(2, "Settle", MessageFault.ReplyLost);
        await exchange.Passing(seller.PlaceOrder(Ask));
        await exchange.Passing(async () => await Unsettled(exchange) == 0, "everything is settled");
        var again = await buyer.Settle(new SettlementBatch(ExchangeCluster.Tata, exchange.Messages.Last<SettlementBatch>("Settle").Entries));

        Assert.Equal(Reason.None, again.Reason);
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<FillSettled>());
        await AssertClean(exchange, inFlight: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_not_delivered_before_a_restart_is_delivered_after_it(bool gracefully)
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, seller) = await BuyerAndSeller(exchange);
        await buyer.PlaceOrder(Bid);
        exchange.Messages.FailAll(MessageFault.Lost, "Settle");
        await exchange.Passing(seller.PlaceOrder(Ask));
        await AssertClean(exchange, inFlight: 4);

        exchange.Messages.Heal();
        await exchange.Restart(gracefully);

        await exchange.Passing(
            async () => (await exchange.Events(Streams.Portfolio(1))).OfType<OrderEnded>().Any(), "the symbol was woken and delivers");
        await exchange.Passing(async () => await Unsettled(exchange) == 0, "everything is settled");
        await AssertClean(exchange, inFlight: 0);
    }

    [Fact]
    public async Task A_refused_settlement_is_set_aside_and_stops_nothing_else()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, seller) = await BuyerAndSeller(exchange);
        var letter = await PoisonFirstOrder(exchange);

        await exchange.Passing(buyer.PlaceOrder(Bid));
        await buyer.PlaceOrder(Bid);
        await seller.PlaceOrder(Ask);

        await exchange.Passing(async () => await Unsettled(exchange) == 0, "everything else is settled");
        Assert.Equal(new BalanceView("TATA", 10, 0), (await buyer.GetBalances()).Balances[1]);
        Assert.Equal((ExchangeCluster.Tata, 1L), (letter.Symbol, letter.Account));
        await AssertClean(exchange, inFlight: 1);
    }

    [Fact]
    public async Task A_dead_letter_can_be_retried_once_what_it_lacked_is_there()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, _) = await BuyerAndSeller(exchange);
        await PoisonFirstOrder(exchange);
        var symbol = exchange.Symbol(ExchangeCluster.Tata);
        Assert.Equal(Reason.UnknownOrder, await symbol.RetryDeadLetter(1));
        await exchange.Passing(buyer.PlaceOrder(Bid));
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);

        var record = exchange.DeadLetters.Letters[1];
        Assert.Equal(Reason.None, await symbol.RetryDeadLetter(1));
        Assert.Equal(Reason.InvalidRequest, await symbol.RetryDeadLetter(1));
        var batch = new SettlementBatch(record.Symbol, exchange.Messages.Last<SettlementBatch>("RetrySettlement").Entries);
        Assert.Equal(Reason.None, await buyer.RetrySettlement(batch));

        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await buyer.GetBalances()).Balances);
        Assert.Empty(exchange.DeadLetters.Letters);
        Assert.Empty(exchange.DeadLetters.Dropped);
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<SettlementTakenUp>());
        await AssertClean(exchange, inFlight: 0);
    }

    [Fact]
    public async Task A_dead_letter_that_was_dropped_does_not_come_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, _) = await BuyerAndSeller(exchange);
        await PoisonFirstOrder(exchange);
        var symbol = exchange.Symbol(ExchangeCluster.Tata);

        Assert.Equal(Reason.None, await symbol.DropDeadLetter(1));
        Assert.Equal(Reason.InvalidRequest, await symbol.DropDeadLetter(1));
        await exchange.Restart(gracefully: false);
        await exchange.Passing(async () => await Unsettled(exchange) == 0, "the record is delivered again");

        Assert.Empty(exchange.DeadLetters.Letters);
        Assert.Equal([1], exchange.DeadLetters.Dropped);
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<SettlementDropped>());
        await AssertClean(exchange, inFlight: 0);
    }

    [Fact]
    public async Task An_account_that_takes_no_settlements_is_refused_new_orders_and_nobody_else()
    {
        await using var exchange = await ExchangeCluster.Start(services =>
            services.Configure<SymbolOptions>(options => options.MaxUnsettledPerAccount = 3));
        var (buyer, seller) = await BuyerAndSeller(exchange);
        var other = await exchange.User(3, ("INR", 10_000));
        await buyer.PlaceOrder(Bid);
        exchange.Messages.Fault = (method, target) =>
            method == "Settle" && target == ((GrainReference)buyer).GrainId ? MessageFault.Lost : MessageFault.None;
        for (var i = 0; i < 3; i++)
            await seller.PlaceOrder(Ask with { Quantity = 1 });

        Assert.Equal(Reason.Overloaded, (await exchange.Passing(buyer.PlaceOrder(Bid))).Reason);
        Assert.Equal(Reason.None, (await other.PlaceOrder(Bid)).Reason);
        exchange.Messages.Heal();
        await exchange.Passing(async () => await Unsettled(exchange) == 0, "everything is settled");
        Assert.Equal(Reason.None, (await buyer.PlaceOrder(Bid)).Reason);
    }

    [Fact]
    public async Task A_refused_settlement_that_is_redelivered_after_a_restart_is_one_letter()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, _) = await BuyerAndSeller(exchange);
        await PoisonFirstOrder(exchange);

        await exchange.Restart(gracefully: false);
        await exchange.Passing(async () => await Unsettled(exchange) == 0, "the record is refused again");

        Assert.Single(exchange.DeadLetters.Letters);
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<SettlementSetAside>());
    }

    /// <summary>A symbol's journal says that account 1's first order ended, which the account has not placed yet.</summary>
    private static async Task<Symbols.DeadSettlement> PoisonFirstOrder(ExchangeCluster exchange)
    {
        var orderId = OrderIds.Create(1, 1);
        var poison = new EventBatch(exchange.NowMs, [new OrderDone(orderId, 1, OrderStatus.Expired, Reason.RemainderExpired, 0, 0)]);
        await exchange.Journal.AppendAsync(Streams.Symbol(ExchangeCluster.Tata), 0, EventCodec.Encode(poison));
        await exchange.Symbol(ExchangeCluster.Tata).WakeUp();
        await Eventually.Holds(() => exchange.DeadLetters.Letters.Count == 1, "the record is a dead letter");
        return exchange.DeadLetters.Letters[1];
    }

    private static async Task<(IPortfolioGrain Buyer, IPortfolioGrain Seller)> BuyerAndSeller(ExchangeCluster exchange) =>
        (await exchange.User(1, ("INR", 10_000)), await exchange.User(2, ("TATA", 100)));

    private static async Task<int> Unsettled(ExchangeCluster exchange) =>
        (await exchange.Symbol(ExchangeCluster.Tata).GetStatus()).UnsettledItems;

    private static async Task AssertClean(ExchangeCluster exchange, long inFlight)
    {
        var markets = (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Select(listed => listed.Market);
        var audit = new ConservationAudit(markets);
        await foreach (var record in exchange.Journal.ReadAllAsync())
            audit.Feed(record.Stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        var report = audit.Report();
        Assert.Empty(report.Problems);
        Assert.Equal(inFlight, report.InFlight);
    }
}
