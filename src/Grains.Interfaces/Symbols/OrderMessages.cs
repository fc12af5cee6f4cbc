using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Grains.Interfaces.Symbols;

/// <param name="Account">The portfolio that holds the funds.</param>
/// <param name="Floor">Every order of this account with a lower number has arrived here, or never will: lower numbers are late duplicates.</param>
/// <param name="BudgetQuote">The most a market buy may spend; zero where quantity decides.</param>
/// <param name="LimitTicks">The limit, or for a market order the protection price.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SubmitOrder")]
public sealed record SubmitOrder(
    [property: Id(0)] long Account,
    [property: Id(1)] long OrderId,
    [property: Id(2)] long Floor,
    [property: Id(3)] string ClientOrderId,
    [property: Id(4)] Side Side,
    [property: Id(5)] OrderType Type,
    [property: Id(6)] TimeInForce TimeInForce,
    [property: Id(7)] long LimitTicks,
    [property: Id(8)] long Lots,
    [property: Id(9)] decimal QuoteAmount,
    [property: Id(10)] decimal BudgetQuote,
    [property: Id(11)] long DisplayLots,
    [property: Id(12)] SelfTradePrevention SelfTrade,
    [property: Id(13)] long StopTicks = 0,
    [property: Id(14)] int TrailingBps = 0);

[GenerateSerializer, Immutable, Alias("Exchange.FillView")]
public sealed record FillView(
    [property: Id(0)] long TradeId,
    [property: Id(1)] decimal Price,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] decimal Fee,
    [property: Id(4)] string FeeAsset);

/// <param name="Sequence">The journal record that holds the outcome; the account's settlement reaches at least this far.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SubmitReply")]
public sealed record SubmitReply(
    [property: Id(0)] OrderStatus Status,
    [property: Id(1)] Reason Reason,
    [property: Id(2)] long Sequence,
    [property: Id(3)] decimal FilledQuantity,
    [property: Id(4)] decimal FilledQuote,
    [property: Id(5)] FillView[] Fills);

[GenerateSerializer, Immutable, Alias("Exchange.CancelAtSymbol")]
public sealed record CancelAtSymbol(
    [property: Id(0)] long Account,
    [property: Id(1)] long OrderId);

/// <param name="Status">New where it is not known any more how the order ended, or not yet whether it will arrive.</param>
/// <param name="Sequence">The journal record that holds the end, where that is not settled yet.</param>
[GenerateSerializer, Immutable, Alias("Exchange.CancelReply")]
public sealed record CancelReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] OrderStatus Status,
    [property: Id(2)] long Sequence,
    [property: Id(3)] decimal FilledQuantity,
    [property: Id(4)] decimal FilledQuote);

[GenerateSerializer, Immutable, Alias("Exchange.QuoteRequest")]
public sealed record QuoteRequest(
    [property: Id(0)] Side Side,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] decimal QuoteAmount);

/// <param name="ReferencePrice">The middle or, on a market that never traded, zero.</param>
/// <param name="ProtectionPrice">No fill of a market order is worse than this.</param>
/// <param name="EstimatedQuote">What the asked amount would cost, or bring, at this moment.</param>
[GenerateSerializer, Immutable, Alias("Exchange.QuoteReply")]
public sealed record QuoteReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] decimal ReferencePrice,
    [property: Id(2)] decimal ProtectionPrice,
    [property: Id(3)] decimal EstimatedQuantity,
    [property: Id(4)] decimal EstimatedQuote);

[GenerateSerializer, Immutable, Alias("Exchange.ReconcileRequest")]
public sealed record ReconcileRequest(
    [property: Id(0)] long Account,
    [property: Id(1)] long Floor,
    [property: Id(2)] long[] OrderIds);

/// <param name="NeverArrived">Of the ids that were asked for, those that never reached the symbol and now never will.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ReconcileReply")]
public sealed record ReconcileReply(
    [property: Id(0)] long[] NeverArrived);
