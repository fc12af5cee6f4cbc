using System.Text.Json.Serialization;
using Exchange.Api.Accounts;
using Exchange.Api.Admin;
using Exchange.Api.Health;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.Keys;
using Exchange.Api.Markets;
using Exchange.Api.Orders;
using Exchange.Api.Values;

namespace Exchange.Api;

/// <summary>The wire shapes that a serializer writes; orders are written by hand.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(SignedUp))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(SessionInfo[]))]
[JsonSerializable(typeof(CreatedKey))]
[JsonSerializable(typeof(KeyInfo[]))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(PastDeadLetterPage))]
[JsonSerializable(typeof(DeadLetterOutcome))]
[JsonSerializable(typeof(Balance[]))]
[JsonSerializable(typeof(Deposited))]
[JsonSerializable(typeof(ResetInfo))]
[JsonSerializable(typeof(PortfolioValue))]
[JsonSerializable(typeof(ValuePage))]
[JsonSerializable(typeof(ServerTime))]
[JsonSerializable(typeof(ExchangeInfo))]
[JsonSerializable(typeof(MarketInfo[]))]
[JsonSerializable(typeof(Depth))]
[JsonSerializable(typeof(BestPrices))]
[JsonSerializable(typeof(Trade[]))]
[JsonSerializable(typeof(IReadOnlyList<Candle>))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(OwnTradePage))]
[JsonSerializable(typeof(DepositPage))]
[JsonSerializable(typeof(Ticker[]))]
[JsonSerializable(typeof(Order[]))]
[JsonSerializable(typeof(PlacedOrder))]
[JsonSerializable(typeof(PlaceOutcome[]))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(Liveness))]
internal sealed partial class ApiJson : JsonSerializerContext;
