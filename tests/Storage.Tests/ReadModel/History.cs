using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Storage.Tests.ReadModel;

/// <summary>Plausible events: accounts that deposit, orders that are placed, accepted, filled against each other and ended.</summary>
internal sealed class History(int seed)
{
    public static readonly Market Btc = Listing(1, "BTC_USDT", "BTC");
    public static readonly Market Eth = Listing(2, "ETH_USDT", "ETH");

    private const int Accounts = 5;
    private readonly Random _random = new(seed);
    private readonly List<OpenOrder> _open = [];
    private readonly long[] _counters = new long[Accounts + 1];
    private long _trade;
    private long _minute;
    private int _step;

    public static Market Listing(int number, string symbol, string asset) => new()
    {
        Number = number,
        Symbol = symbol,
        Base = asset,
        Quote = "USDT",
        BasePrecision = 8,
        QuotePrecision = 8,
        TickSize = 0.01m,
        LotSize = 0.001m,
        MaxPriceTicks = 100_000_000,
        MinLots = 1,
        MaxLots = 1_000_000,
        MaxMarketLots = 1_000_000,
        MinNotional = 1,
        MakerFeeBps = 10,
        TakerFeeBps = 10,
        MaxLeverage = 1,
        MaxOpenOrders = 200,
        PriceBandBps = 1_000,
    };

    public static long OrderId(long account, long counter) => OrderIds.Create(account, counter);

    public void Next(Action<string, long, DomainEvent[]> append)
    {
        long at = 1_700_000_000_000 + (++_step * 700L);
        switch (_step)
        {
            case 1:
                append(Streams.Markets, at, [new MarketListed(Btc)]);
                return;
            case <= Accounts + 1:
                append(Streams.Portfolio(_step - 1), at, [new AccountOpened(_step - 1, $"user{_step - 1}@example.org")]);
                return;
            case Accounts + 2:
                append(Streams.Markets, at, [new MarketListed(Eth), new MarketStatusChanged("BTC_USDT", MarketStatus.Trading)]);
                return;
        }

        switch (_random.Next(10))
        {
            case 0:
                append(Streams.Portfolio(Account()), at, [new FundsDeposited($"d{_step}", "USDT", _random.Next(1, 1000) / 7m)]);
                break;
            case 1:
                CloseMinute(append, at);
                break;
            case 2:
                append(Streams.Markets, at, [new MarketStatusChanged("ETH_USDT", (MarketStatus)_random.Next(2))]);
                break;
            case < 7:
                Place(append, at);
                break;
            default:
                TradeOrCancel(append, at);
                break;
        }
    }

    private int Account() => _random.Next(1, Accounts + 1);

    private void CloseMinute(Action<string, long, DomainEvent[]> append, long at)
    {
        long open = 1_700_000_040_000 + (_minute++ * 60_000 * _random.Next(1, 4));
        long low = _random.Next(1, 100);
        append(
            Streams.Symbol("BTC_USDT"), at,
            [new CandleClosed(_minute * 60_000 + open, low + 3, low + 9, low, low + 5, _random.Next(100), _random.Next(1000) / 8m, 3)]);
    }

    private void Place(Action<string, long, DomainEvent[]> append, long at)
    {
        int account = Account();
        Market market = _random.Next(2) == 0 ? Btc : Eth;
        long id = OrderId(account, ++_counters[account]);
        var order = new OpenOrder(id, account, market, (Side)_random.Next(2), _random.Next(1, 50));
        append(Streams.Portfolio(account), at, [new OrderPlaced(
            id, $"c{id}", market.Symbol, order.Side, OrderType.Limit, TimeInForce.GoodTillCancelled, market.PriceOf(1_000),
            market.QuantityOf(order.Lots), 0, 0, SelfTradePrevention.None, "USDT", 10)]);
        if (_random.Next(8) == 0)
        {
            append(Streams.Symbol(market.Symbol), at + 1, [new OrderDone(id, account, OrderStatus.Rejected, Reason.MarketHalted, 0, 0)]);
            append(Streams.Portfolio(account), at + 2, [new OrderEnded(market.Symbol, 1, id, OrderStatus.Rejected, Reason.MarketHalted, 10)]);
            return;
        }

        append(Streams.Symbol(market.Symbol), at + 1, [
            new OrderAccepted(
                id, account, $"c{id}", order.Side, OrderType.Limit, TimeInForce.GoodTillCancelled, 1_000, order.Lots, 0, order.Lots,
                SelfTradePrevention.None),
            new OrderRested(id, order.Lots)]);
        _open.Add(order);
    }

    private void TradeOrCancel(Action<string, long, DomainEvent[]> append, long at)
    {
        if (_open.Count == 0)
        {
            return;
        }

        OpenOrder first = _open[_random.Next(_open.Count)];
        OpenOrder? other = _open.Find(order => order.Market == first.Market && order.Side != first.Side);
        if (other is null)
        {
            append(Streams.Symbol(first.Market.Symbol), at, [Done(first, OrderStatus.Cancelled, Reason.CancelledByUser)]);
            append(
                Streams.Portfolio(first.Account), at + 3,
                [new OrderEnded(first.Market.Symbol, 1, first.Id, OrderStatus.Cancelled, Reason.CancelledByUser, 1)]);
            _open.Remove(first);
            return;
        }

        long lots = _random.NextInt64(1, Math.Min(first.Left, other.Left) + 1);
        var events = new List<DomainEvent>
        {
            new Traded(++_trade, first.Side, first.Id, first.Account, other.Id, other.Account, 1_000, lots, 0.001m, 0.002m),
        };
        foreach (OpenOrder order in new[] { first, other })
        {
            order.Filled += lots;
            if (order.Left == 0)
            {
                events.Add(Done(order, OrderStatus.Filled, Reason.None));
                _open.Remove(order);
            }
        }

        append(Streams.Symbol(first.Market.Symbol), at, [.. events]);
    }

    private static OrderDone Done(OpenOrder order, OrderStatus status, Reason reason) =>
        new(order.Id, order.Account, status, reason, order.Filled, order.Market.NotionalOf(1_000, order.Filled));

    private sealed record OpenOrder(long Id, long Account, Market Market, Side Side, long Lots)
    {
        public long Filled { get; set; }
        public long Left => Lots - Filled;
    }
}
