using Exchange.Api.Engine;
using Exchange.Api.Json;
using Exchange.Api.Markets;
using Exchange.Api.Operators;
using Exchange.Api.Positions;
using Exchange.Api.Triggers;
using Exchange.Api.Values;
using Microsoft.OpenApi;

namespace Exchange.Api.OpenApi;

/// <summary>What the fields of bodies and query strings mean: one name means one thing on every route.</summary>
internal static class FieldDocs
{
    private static readonly Dictionary<string, Func<OpenApiSchema>> Docs = new(StringComparer.Ordinal)
    {
        ["market"] = () => Text("A market: BTC_USDT; BTC-USDT, BTCUSDT and lower case are understood too.", "BTC_USDT"),
        ["symbol"] = () => Text("The same as market, under its other name.", "BTC_USDT"),
        ["side"] = () => OneOf(WireNames.Sides.All, "Upper or lower case."),
        ["type"] = () => OneOf(WireNames.OrderTypes.All, "LIMIT where it is not given."),
        ["stopPrice"] = () => Decimal(
            "For a conditional order: the price that it waits for; with a trailing delta, from which it follows the market.", "60000"),
        ["trailingDelta"] = () => Integer(
            "For a conditional order: how far it follows the market behind, in basis points. Without a stop price it follows at once."),
        ["orderListId"] = () => Text("The exchange's id of a pair of orders.", "4294967297"),
        ["listClientOrderId"] = () => Text("Chosen by the client: the same id with the same content is the same pair.", "my-pair-1"),
        ["aboveType"] = () => OneOf(
            WireNames.OrderTypes.All, "To sell: LIMIT_MAKER, TAKE_PROFIT or TAKE_PROFIT_LIMIT. To buy: STOP_LOSS or STOP_LOSS_LIMIT."),
        ["abovePrice"] = () => Decimal("The limit price of the order above the market.", "70000"),
        ["aboveStopPrice"] = () => Decimal("The stop price of the order above the market.", "69900"),
        ["aboveTrailingDelta"] = () => Integer("The trailing delta of the order above the market."),
        ["aboveTimeInForce"] = () => OneOf(WireNames.TimesInForce.All, "GTC where it is not given."),
        ["aboveIcebergQuantity"] = () => Decimal("How much of the order above the market the book shows at a time.", "0.05"),
        ["aboveClientOrderId"] = () => Text("A name of its own for the order above the market.", "my-profit-1"),
        ["belowType"] = () => OneOf(
            WireNames.OrderTypes.All, "To sell: STOP_LOSS or STOP_LOSS_LIMIT. To buy: LIMIT_MAKER, TAKE_PROFIT or TAKE_PROFIT_LIMIT."),
        ["belowPrice"] = () => Decimal("The limit price of the order below the market.", "59900"),
        ["belowStopPrice"] = () => Decimal("The stop price of the order below the market.", "60000"),
        ["belowTrailingDelta"] = () => Integer("The trailing delta of the order below the market."),
        ["belowTimeInForce"] = () => OneOf(WireNames.TimesInForce.All, "GTC where it is not given."),
        ["belowIcebergQuantity"] = () => Decimal("How much of the order below the market the book shows at a time.", "0.05"),
        ["belowClientOrderId"] = () => Text("A name of its own for the order below the market.", "my-stop-1"),
        ["timeInForce"] = () => OneOf(WireNames.TimesInForce.All, "GTC where it is not given."),
        ["price"] = () => Decimal("The limit price, a multiple of the market's tick size.", "65000.10"),
        ["quantity"] = () => Decimal("In the base asset, a multiple of the market's lot size.", "0.25"),
        ["quoteAmount"] = () => Decimal("For a MARKET order instead of the quantity: what to spend or to bring, in the quote asset.", "500"),
        ["icebergQuantity"] = () => Decimal("How much of the order the book shows at a time.", "0.05"),
        ["selfTradePrevention"] = () => OneOf(
            WireNames.SelfTrade.All, "What happens when the order meets one of the same account; NONE where it is not given."),
        ["clientOrderId"] = () => Text(
            "Chosen by the client, 1 to 36 characters of A-Z a-z 0-9 . _ : / -. The same id with the same content is the same order.", "my-order-1"),
        ["userId"] = () => Text("May be given, but only as the id of who signed in.", "17"),
        ["orderId"] = () => Text("The exchange's id of an order.", "4294967297"),
        ["email"] = () => Text("Where you can be reached.", "you@example.org"),
        ["password"] = () => Text("12 to 128 characters.", "correct horse battery staple"),
        ["token"] = () => Text("From the link in the mail.", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln"),
        ["sessionId"] = () => Text("From the list of sessions.", "0123456789abcdef0123456789abcdef"),
        ["apiKey"] = () => Text("The id of an API key.", new string('0', 64)),
        ["label"] = () => Text("What you call the key, at most 64 characters.", "my bot"),
        ["permissions"] = () => Text("Some of read, trade and admin, with commas between them; admin only for operators.", "read,trade"),
        ["ipAllowList"] = () => Text(
            "Addresses or networks that may use the key, with commas between them; at most 16. All where it is not given.", "192.0.2.7,10.0.0.0/8"),
        ["depositId"] = () => Text("Chosen by the client: the same id with the same content is the same deposit.", "my-deposit-1"),
        ["resetId"] = () => Text("Chosen by the client: the same id is the same reset.", "my-reset-1"),
        ["clientKeyId"] = () => Text(
            "Chosen by the client: the same id with the same content is the same key. A repetition does not show its secret again.", "my-key-1"),
        ["asset"] = () => Text("The code of an asset; for the engine the name of a market.", "USDT"),
        ["amount"] = () => Decimal("How much, in that asset.", "10000"),
        ["positionId"] = () => Text("The exchange's id of a position.", "4294967298"),
        ["clientPositionId"] = () => Text("Chosen by the client: the same id with the same content is the same position.", "my-position-1"),
        ["clientRequestId"] = () => Text(
            "Chosen by the client: the same id with the same content is the same request, and changes nothing when it comes again.", "my-request-1"),
        ["direction"] = () => OneOf(PositionNames.Sides.All, "Upper or lower case."),
        ["margin"] = () => Decimal("What is put into the position, in the quote asset.", "5000"),
        ["leverage"] = () => Decimal(
            "From 1 to the market's largest, with at most one decimal place; 1 where it is not given. The engine takes it in tenths.", "100"),
        ["stopLoss"] = () => Decimal("A price on the losing side at which the position closes.", "237.50"),
        ["takeProfit"] = () => Decimal("A price on the winning side at which the position closes.", "220"),
        ["trailDistance"] = () => Decimal("How far a trailing stop stays behind the best price, as a price.", "1.50"),
        ["trailBps"] = () => Integer("The same in basis points, instead of trailDistance."),
        ["triggerPrice"] = () => Decimal("The position opens when the price at which it would be entered is there; without it, now.", "61000"),
        ["triggerDirection"] = () => OneOf(
            TriggerTranslation.Directions.All, "The way that price has to go; the market decides where it is not given."),
        ["expiresAt"] = () => Integer("When the position closes at the latest, Unix time in milliseconds."),
        ["unread"] = () => OneOf(["true", "false"], "true leaves out what has been read."),
        ["upToId"] = () => Text("The id of a notification.", "17"),
        ["letterId"] = () => Text("The id of a dead letter.", "1"),
        ["command"] = () => OneOf(EngineRequest.Commands.All, "What the engine is to do."),
        ["stopLossPrice"] = () => Decimal("The same as stopLoss, under the engine's name.", "230.50"),
        ["takeProfitPrice"] = () => Decimal("The same as takeProfit, under the engine's name.", "250.75"),
        ["tradeId"] = () => Text("The engine's id of a position.", "trade_4294967298"),
        ["limit"] = () => Integer($"How many at most: 1 to {MarketEndpoints.MaxLimit}, {MarketEndpoints.DefaultLimit} where it is not given."),
        ["interval"] = () => OneOf(MarketEndpoints.IntervalNames, "1m where it is not given."),
        ["period"] = () => OneOf(ValueEndpoints.Periods, "How far apart the points are; 1h where it is not given."),
        ["startTime"] = () => Integer("Unix time in milliseconds, inclusive."),
        ["endTime"] = () => Integer("Unix time in milliseconds, inclusive."),
        ["id"] = () => Text("Of what the route is about: a dead letter; an order or a position.", "17"),
        ["reason"] = () => Text("Why, for those who read the audit log; at most 200 characters.", "booked by hand, see ticket 12"),
        ["adjustmentId"] = () => Text("Chosen by the operator: the same id with the same content is the same adjustment.", "a-1"),
        ["kind"] = () => OneOf(AdjustRequest.KindNames, "Whether the account gets or gives."),
        ["enabled"] = () => Switch("Whether it is on."),
        ["levels"] = () => Integer("Quotes on each side."),
        ["halfSpreadBps"] = () => Integer("From the centre to where quotes begin, in basis points."),
        ["stepBps"] = () => Integer("From one quote to the next, in basis points, rounded down to a round number of ticks."),
        ["skewBps"] = () => Integer("How far a full inventory pushes the centre, in basis points."),
        ["requoteBps"] = () => Integer("The centre moves only when it would move at least this far, in basis points."),
        ["levelQuantity"] = () => Decimal("The size of the innermost quote, in the base asset.", "100"),
        ["growthPercent"] = () => Integer("By how much of that each further quote is larger."),
        ["positionMax"] = () => Decimal("How far the inventory may get from its target, in the base asset.", "10000"),
        ["exposureMax"] = () => Decimal("The most that all quotes may be worth, in the quote asset.", "1000000"),
        ["reference"] = () => OneOf(OperatorNames.References.All, "Where the price comes from that it quotes around."),
        ["referencePrice"] = () => Decimal("The fixed price, or the one that a walk stays near.", "100"),
        ["referenceRangeBps"] = () => Integer("How far a walk gets from it, in basis points."),
        ["referenceSymbol"] = () => Text("The market whose middle is the reference.", "BTC_USDT"),
        ["referenceFactor"] = () => Decimal("What that middle is multiplied with.", "0.01"),
        ["cursor"] = () => Text("The nextCursor of the page before.", "4294967297"),
    };

    public static OpenApiSchema SchemaOf(string field) =>
        Docs.TryGetValue(field, out var schema) ? schema() : throw new InvalidOperationException($"The field '{field}' is not documented.");

    private static OpenApiSchema Switch(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };

    private static OpenApiSchema Text(string description, string example) =>
        new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };

    private static OpenApiSchema Decimal(string description, string example) =>
        new() { Type = JsonSchemaType.String, Format = "decimal", Description = description, Examples = [example] };

    private static OpenApiSchema Integer(string description) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };

    private static OpenApiSchema OneOf(IReadOnlyList<string> names, string description) =>
        new() { Type = JsonSchemaType.String, Description = description, Enum = [.. names] };
}
