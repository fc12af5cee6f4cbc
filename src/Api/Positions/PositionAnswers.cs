using System.Text.Json.Serialization;
using Exchange.Api.Json;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Positions;

internal static class PositionNames
{
    public static readonly EnumNames<PositionSide> Sides = new("LONG", "SHORT");
    public static readonly EnumNames<PositionState> States = new("OPEN", "CLOSING", "CLOSED");
}

public sealed record Position(
    string PositionId,
    string ClientPositionId,
    string Symbol,
    string Direction,
    string State,
    decimal Quantity,
    decimal EntryPrice,
    decimal Margin,
    decimal Leverage,
    decimal? LiquidationPrice,
    decimal? StopLoss,
    decimal? TakeProfit,
    decimal? TrailDistance,
    int? TrailBps,
    decimal? TrailingLevel,
    long? ExpiresAt,
    long OpenedAt,
    decimal? MarkPrice,
    decimal UnrealisedProfit);

public sealed record PositionExit(
    decimal Quantity, decimal Price, decimal MarginReturned, decimal Profit, decimal Fee, decimal TotalReturn, bool IsClosed);

/// <summary>The position as it is now, null once it is closed; with what closing it, or a part of it, came to.</summary>
public sealed record PositionResult(string PositionId, Position? Position, PositionExit? Exit);

public sealed record Statistics(
    string Asset, long Count, long Wins, long Losses, decimal Volume, decimal NetProfit, decimal Best, decimal Worst, decimal InPositions);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(Position[]))]
[JsonSerializable(typeof(PositionResult))]
[JsonSerializable(typeof(Statistics[]))]
[JsonSerializable(typeof(PastPosition))]
[JsonSerializable(typeof(PositionPage))]
internal sealed partial class PositionJson : JsonSerializerContext;

internal static class PositionTranslation
{
    public static PositionResult ToResult(this PositionAnswer answer) => new(
        JsonId.Text(answer.PositionId),
        answer.Position?.ToPosition(),
        answer.Exit is { } exit
            ? new PositionExit(exit.Quantity, exit.ExitPrice, exit.MarginReleased, exit.Profit, exit.Fee, exit.Payout, exit.IsClosed)
            : null);

    public static Position ToPosition(this PositionView view) => new(
        JsonId.Text(view.PositionId),
        view.ClientPositionId,
        view.Symbol,
        PositionNames.Sides.Text(view.Side),
        PositionNames.States.Text(view.State),
        view.Quantity,
        view.EntryPrice,
        view.Margin,
        view.Leverage,
        Given(view.LiquidationPrice),
        Given(view.StopLoss),
        Given(view.TakeProfit),
        Given(view.TrailDistance),
        view.TrailBps == 0 ? null : view.TrailBps,
        Given(view.TrailingLevel),
        view.ExpiresAtMs == 0 ? null : view.ExpiresAtMs,
        view.OpenedAtMs,
        Given(view.MarkPrice),
        view.UnrealisedProfit);

    public static Statistics[] ToStatistics(this StatisticsReply reply)
    {
        var margins = reply.InPositions.ToDictionary(balance => balance.Asset, balance => balance.Locked);
        return [.. reply.Statistics.Select(s => new Statistics(
            s.Asset, s.Count, s.Wins, s.Losses, s.Volume, s.NetProfit, s.Best, s.Worst, margins.GetValueOrDefault(s.Asset)))];
    }

    private static decimal? Given(decimal value) => value == 0 ? null : value;
}
