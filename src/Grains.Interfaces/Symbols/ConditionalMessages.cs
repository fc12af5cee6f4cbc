using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>The floor of the first counts for both.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.SubmitPair")]
public sealed record SubmitPair(
    [property: Id(0)] SubmitOrder Profit,
    [property: Id(1)] SubmitOrder Stop);

[GenerateSerializer, Immutable, Alias("Exchange.SubmitPairReply")]
public sealed record SubmitPairReply(
    [property: Id(0)] SubmitReply Profit,
    [property: Id(1)] SubmitReply Stop);

[GenerateSerializer, Immutable, Alias("Exchange.ArmedRequest")]
public sealed record ArmedRequest(
    [property: Id(0)] long Account,
    [property: Id(1)] long[] OrderIds);

/// <param name="TriggerPrice">Where it fires as things stand: the stop price, or where a trailing one has followed to.</param>
/// <param name="Follows">A trailing order that has been at its stop price, or has none, and follows the price.</param>
/// <param name="Direction">Whether the price has to fall or to rise to get there.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ArmedOrderView")]
public sealed record ArmedOrderView(
    [property: Id(0)] long OrderId,
    [property: Id(1)] string ClientOrderId,
    [property: Id(2)] string Symbol,
    [property: Id(3)] Side Side,
    [property: Id(4)] OrderType Type,
    [property: Id(5)] decimal TriggerPrice,
    [property: Id(6)] TriggerDirection Direction,
    [property: Id(7)] int TrailingBps,
    [property: Id(8)] bool Follows);

[GenerateSerializer, Immutable, Alias("Exchange.ArmedOrdersView")]
public sealed record ArmedOrdersView([property: Id(0)] ArmedOrderView[] Orders);
