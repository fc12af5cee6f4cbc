using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Interfaces.Streams;

[GenerateSerializer, Immutable, Alias("Exchange.OwnFill")]
public sealed record OwnFill(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long TradeId,
    [property: Id(2)] long OrderId,
    [property: Id(3)] Side Side,
    [property: Id(4)] decimal Price,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] decimal Fee,
    [property: Id(7)] string FeeAsset);

/// <summary>What one durable record of an account changed: each touched order and balance as it is after it.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.AccountUpdate")]
public sealed record AccountUpdate(
    [property: Id(0)] long Account,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long AtMs,
    [property: Id(3)] OrderView[] Orders,
    [property: Id(4)] OwnFill[] Fills,
    [property: Id(5)] BalanceView[] Balances);
