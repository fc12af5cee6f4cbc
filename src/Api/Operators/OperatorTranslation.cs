using Exchange.Api.Json;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Operators;

internal static class OperatorNames
{
    public static readonly EnumNames<FeedHealth> Feeds = new("NONE", "LIVE", "STALE", "RESYNCHRONISING", "DOWN");
    public static readonly EnumNames<MakerState> Makers = new("OFF", "QUOTING", "REFERENCE_STALE", "MARKET_CLOSED", "REFUSED");
    public static readonly EnumNames<ReferenceKind> References = new("FIXED", "WALK", "MARKET");

    private static readonly string[] Causes = ["user", "stopLoss", "takeProfit", "trailingStop", "liquidation", "expiry", "operator"];

    public static string CauseOf(int number) => number < Causes.Length ? Causes[number] : $"cause{number}";
}

internal static class OperatorTranslation
{
    public static TradingState ToState(TradingStop stop) => new(
        stop.IsStopped, stop.Kind.ToString().ToLowerInvariant(), stop.By, stop.Why, stop.AtMs);

    public static JobInfo ToJob(OrderView order, long account) => new(
        JsonId.Text(order.OrderId),
        "order",
        JsonId.Text(account),
        order.Symbol,
        WireNames.Sides.Text(order.Side),
        WireNames.Statuses.Text(order.Status),
        order.Quantity,
        Given(order.Price),
        null,
        null,
        null,
        null,
        null,
        order.PlacedAtMs);

    public static JobInfo ToJob(PositionView position, long account) => new(
        JsonId.Text(position.PositionId),
        "position",
        JsonId.Text(account),
        position.Symbol,
        position.Side == PositionSide.Long ? "LONG" : "SHORT",
        position.State.ToString().ToUpperInvariant(),
        position.Quantity,
        position.EntryPrice,
        Given(position.StopLoss),
        Given(position.TakeProfit),
        Given(position.TrailingLevel),
        Given(position.LiquidationPrice),
        position.ExpiresAtMs == 0 ? null : position.ExpiresAtMs,
        position.OpenedAtMs);

    public static JobInfo ToJob(WaitingPositionView entry, long account) => new(
        JsonId.Text(entry.PositionId),
        "entry",
        JsonId.Text(account),
        entry.Symbol,
        entry.Side == PositionSide.Long ? "LONG" : "SHORT",
        "WAITING",
        0,
        entry.TriggerPrice,
        Given(entry.StopLoss),
        Given(entry.TakeProfit),
        null,
        null,
        entry.ExpiresAtMs == 0 ? null : entry.ExpiresAtMs,
        0);

    public static PriceInfo ToPrice(this SymbolFigures symbol) => new(
        symbol.Symbol, symbol.Venue, symbol.Feed, symbol.FeedAgeMs, symbol.BidPrice, symbol.AskPrice, symbol.LastPrice, symbol.MarkPrice);

    public static MakerInfo ToInfo(this MakerView view) => new(
        view.Symbol,
        JsonId.Text(view.Account),
        view.IsAllowed,
        view.Settings.IsOn,
        OperatorNames.Makers.Text(view.State),
        view.Reason == Domain.Reason.None ? "" : Errors.ReasonErrors.ToError(view.Reason).Code,
        view.Settings.Levels,
        view.Settings.HalfSpreadBps,
        view.Settings.StepBps,
        view.Settings.SkewBps,
        view.Settings.RequoteBps,
        view.Settings.LevelQuantity,
        view.Settings.GrowthPercent,
        view.Settings.PositionMax,
        view.Settings.ExposureMax,
        OperatorNames.References.Text(view.Settings.Reference.Kind),
        view.Settings.Reference.Price,
        view.Settings.Reference.RangeBps,
        view.Settings.Reference.Symbol,
        view.Settings.Reference.Factor,
        view.ReferencePrice,
        view.ReferenceAtMs,
        view.Position,
        view.Exposure,
        view.OpenQuotes,
        view.Placed,
        view.Cancelled);

    private static decimal? Given(decimal value) => value == 0 ? null : value;
}
