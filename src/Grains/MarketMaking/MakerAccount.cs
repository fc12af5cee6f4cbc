using Exchange.Domain;
using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.MarketMaking;

/// <summary>
/// The account that a maker trades with, as any user would. Its number is from the upper end of those that there are, its
/// address is one that nobody can have. What became of a call that failed is asked for with the same client id.
/// </summary>
internal sealed class MakerAccount(Market market, IPortfolioGrain portfolio, TimeProvider time)
{
    private readonly Dictionary<string, Quote> _unsure = [];
    private long _lastId;

    public long Placed { get; private set; }
    public long Cancelled { get; private set; }
    public bool IsSure => _unsure.Count == 0;

    /// <summary>Why the last order was refused that was.</summary>
    public Reason Refusal { get; private set; }

    public static long NumberOf(Market market) => OrderIds.AccountMax - market.Number;

    /// <summary>Opens the account and pays the funds in, once, however often it is asked.</summary>
    public async Task<Reason> Fund(MakerRecord record)
    {
        var reason = await portfolio.Open($"market-maker.{market.Symbol.ToLowerInvariant()}@exchange.invalid");
        if (reason == Reason.None && record.BaseFunds > 0)
            reason = (await portfolio.Deposit(new DepositFunds("market-maker-base", market.Base, record.BaseFunds))).Reason;
        if (reason == Reason.None && record.QuoteFunds > 0)
            reason = (await portfolio.Deposit(new DepositFunds("market-maker-quote", market.Quote, record.QuoteFunds))).Reason;
        return reason;
    }

    public async Task<OpenQuote[]> Quotes()
    {
        var open = await portfolio.GetOpenOrders(market.Symbol);
        return Array.ConvertAll(open.Orders, order => new OpenQuote(
            order.OrderId, order.Side, (long)(order.Price / market.TickSize), (long)((order.Quantity - order.FilledQuantity) / market.LotSize)));
    }

    /// <summary>To be asked for after the quotes: a fill in between then counts twice, not never.</summary>
    public async Task<Inventory> Inventory(decimal target)
    {
        var balances = (await portfolio.GetBalances()).Balances;
        var held = Array.Find(balances, balance => balance.Asset == market.Base);
        var quote = Array.Find(balances, balance => balance.Asset == market.Quote);
        return new Inventory(
            (long)((held.Available + held.Locked - target) / market.LotSize), (long)(held.Available / market.LotSize), quote.Available);
    }

    public Task Cancel(IEnumerable<OpenQuote> quotes) => Task.WhenAll(quotes.Select(async quote =>
    {
        await portfolio.CancelOrder(new CancelOrder(quote.OrderId, "", market.Symbol));
        Cancelled++;
    }));

    /// <summary>False where one was refused.</summary>
    public async Task<bool> Place(IEnumerable<Quote> quotes)
    {
        var outcomes = await Task.WhenAll(quotes.Select(quote => Place($"mm-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{++_lastId}", quote)));
        return Array.TrueForAll(outcomes, isTaken => isTaken);
    }

    /// <summary>Orders of which nobody knows whether they were placed are placed now, if they were not.</summary>
    public Task PlaceUnsure() => Task.WhenAll(_unsure.ToArray().Select(unsure => Place(unsure.Key, unsure.Value)));

    /// <summary>Orders of which nobody knows whether they were placed are cancelled, if they were.</summary>
    public Task CancelUnsure() => Task.WhenAll(_unsure.Keys.ToArray().Select(async id =>
    {
        await portfolio.CancelOrder(new CancelOrder(0, id, market.Symbol));
        _unsure.Remove(id);
    }));

    private async Task<bool> Place(string clientOrderId, Quote quote)
    {
        _unsure[clientOrderId] = quote;
        var reply = await portfolio.PlaceOrder(new PlaceOrder(
            clientOrderId,
            market.Symbol,
            quote.Side,
            OrderType.Limit,
            TimeInForce.GoodTillCancelled,
            market.PriceOf(quote.PriceTicks),
            market.QuantityOf(quote.Lots),
            QuoteAmount: 0,
            IcebergQuantity: 0,
            SelfTradePrevention.ExpireTaker));
        _unsure.Remove(clientOrderId);
        Placed++;
        Refusal = reply.Reason != Reason.None ? reply.Reason : reply.Order?.Status == OrderStatus.Rejected ? reply.Order.Reason : Refusal;
        return reply.Reason == Reason.None && reply.Order?.Status != OrderStatus.Rejected;
    }
}
