using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

public sealed record OrderAccepted(
    long OrderId,
    long Account,
    string ClientOrderId,
    Side Side,
    OrderType Type,
    TimeInForce TimeInForce,
    long PriceTicks,
    long Lots,
    decimal QuoteAmount,
    long DisplayLots,
    SelfTradePrevention SelfTrade) : DomainEvent;

/// <summary>The part of an accepted order that stays in the book.</summary>
public sealed record OrderRested(long OrderId, long Lots) : DomainEvent;

/// <summary>
/// One fill. A side that met the venue instead of a user has order id 0 and the market's house account.
/// The buyer's fee is in the base asset, the seller's in the quote asset.
/// </summary>
public sealed record Traded(
    long TradeId,
    Side TakerSide,
    long TakerOrderId,
    long TakerAccount,
    long MakerOrderId,
    long MakerAccount,
    long PriceTicks,
    long Lots,
    decimal TakerFee,
    decimal MakerFee) : DomainEvent;

/// <summary>Self-trade prevention took lots off a resting order without a trade.</summary>
public sealed record OrderDecremented(long OrderId, long Lots) : DomainEvent;

/// <summary>The end of an order. The filled totals are repeated so that nobody needs the fills to know the outcome.</summary>
public sealed record OrderDone(
    long OrderId,
    long Account,
    OrderStatus Status,
    Reason Reason,
    long FilledLots,
    decimal FilledQuote) : DomainEvent;

/// <summary>This order id never arrived here and, from now on, never can.</summary>
public sealed record OrderTombstoned(long OrderId, long Account) : DomainEvent;

/// <summary>A finished one-minute candle of everything that traded here: users and, where there is one, the venue.</summary>
public sealed record CandleClosed(
    long OpenTimeMs,
    long OpenTicks,
    long HighTicks,
    long LowTicks,
    long CloseTicks,
    long Lots,
    decimal QuoteVolume,
    int Trades) : DomainEvent;
