using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

public sealed record AccountOpened(long Account, string Email) : DomainEvent;

public sealed record FundsDeposited(string DepositId, string Asset, decimal Amount) : DomainEvent;

/// <summary>
/// An order was taken on and its worst case put aside. Zero stands for "not given" in price, quantity and quote amount.
/// Of a pair the first order holds what the worse of the two may cost; the list's id is that order's, its fingerprint tells
/// whether another request asks for the same pair.
/// </summary>
public sealed record OrderPlaced(
    long OrderId,
    string ClientOrderId,
    string Symbol,
    Side Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Price,
    decimal Quantity,
    decimal QuoteAmount,
    decimal IcebergQuantity,
    SelfTradePrevention SelfTrade,
    string HeldAsset,
    decimal Held,
    decimal StopPrice = 0,
    int TrailingBps = 0,
    long PairId = 0,
    string ClientListId = "",
    long ListFingerprint = 0) : DomainEvent
{
    public bool IsPaired => PairId != 0;
    public long ListId => IsPaired ? Math.Min(OrderId, PairId) : 0;
}

/// <summary>The order's price was reached: from here on it is in the market.</summary>
public sealed record OrderTriggered(string Symbol, long Sequence, long OrderId) : DomainEvent;

/// <summary>
/// Money that a fill moved. Changes carry their sign and are net of <paramref name="Fee"/>; what a user pays comes out of the
/// order's hold, the part of the hold that the order no longer needs is <paramref name="Released"/>.
/// (Sequence, Index) is the fill's place in the symbol's journal.
/// </summary>
public sealed record FillSettled(
    string Symbol,
    long Sequence,
    int Index,
    long TradeId,
    long OrderId,
    string BaseAsset,
    decimal BaseChange,
    string QuoteAsset,
    decimal QuoteChange,
    string FeeAsset,
    decimal Fee,
    decimal Released) : DomainEvent;

/// <summary>
/// A fill that was set aside and is taken up only now that its order is over: what it costs comes out of what is available,
/// for the hold has gone back already. Otherwise as <see cref="FillSettled"/>.
/// </summary>
public sealed record LateFillSettled(
    string Symbol,
    long Sequence,
    int Index,
    long TradeId,
    long OrderId,
    string BaseAsset,
    decimal BaseChange,
    string QuoteAsset,
    decimal QuoteChange,
    string FeeAsset,
    decimal Fee) : DomainEvent;

/// <summary>Self-trade prevention took a quantity off the order without a trade: it needs less of its hold.</summary>
public sealed record OrderReduced(
    string Symbol,
    long Sequence,
    long OrderId,
    decimal Quantity,
    decimal Released) : DomainEvent;

/// <summary>
/// The order is over: what is left of its hold goes back, but for the part that the order it was paired with needs to go on
/// alone. That part is negative where the other gives back what it does not need.
/// </summary>
public sealed record OrderEnded(
    string Symbol,
    long Sequence,
    long OrderId,
    OrderStatus Status,
    Reason Reason,
    decimal Released,
    decimal MovedToPair = 0) : DomainEvent;

/// <summary>Everything from this symbol up to this sequence has been applied, even where it moved nothing.</summary>
public sealed record SettledUpTo(string Symbol, long Sequence) : DomainEvent;

/// <summary>
/// What this record of the symbol settles could not be applied and was put aside, whole, for an operator to decide about.
/// What follows it goes on; until the record is taken up its money is in flight.
/// </summary>
public sealed record SettlementSetAside(string Symbol, long Sequence, Reason Reason) : DomainEvent;

/// <summary>A record that was set aside has been applied after all, by the events before this one.</summary>
public sealed record SettlementTakenUp(string Symbol, long Sequence) : DomainEvent;

/// <summary>
/// A record that was set aside will never be applied. Its other side has been, so what it would have changed here is the
/// house's from now on: it gains the changes, with their sign, in this account's stead.
/// </summary>
public sealed record SettlementDropped(
    string Symbol,
    long Sequence,
    string BaseAsset,
    decimal BaseChange,
    string QuoteAsset,
    decimal QuoteChange) : DomainEvent;
