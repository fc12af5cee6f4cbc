using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>Levels in ticks, the trailing distance in ticks or basis points; zero stands for "none".</summary>
[GenerateSerializer, Immutable, Alias("Exchange.LevelTicks")]
public readonly record struct LevelTicks(
    [property: Id(0)] long StopLoss,
    [property: Id(1)] long TakeProfit,
    [property: Id(2)] TrailUnit TrailUnit,
    [property: Id(3)] long TrailDistance,
    [property: Id(4)] long ExpiresAtMs);

/// <param name="PositionId">From the same numbers as order ids.</param>
/// <param name="Floor">As with orders.</param>
[GenerateSerializer, Immutable, Alias("Exchange.OpenAtSymbol")]
public sealed record OpenAtSymbol(
    [property: Id(0)] long Account,
    [property: Id(1)] long PositionId,
    [property: Id(2)] long Floor,
    [property: Id(3)] string ClientPositionId,
    [property: Id(4)] PositionSide Side,
    [property: Id(5)] decimal Margin,
    [property: Id(6)] int LeverageTenths,
    [property: Id(7)] LevelTicks Levels);

[GenerateSerializer, Immutable, Alias("Exchange.AddMarginAtSymbol")]
public sealed record AddMarginAtSymbol(
    [property: Id(0)] long Account,
    [property: Id(1)] long PositionId,
    [property: Id(2)] long RequestId,
    [property: Id(3)] long Floor,
    [property: Id(4)] decimal Amount);

[GenerateSerializer, Immutable, Alias("Exchange.ChangeAtSymbol")]
public sealed record ChangeAtSymbol(
    [property: Id(0)] long Account,
    [property: Id(1)] long PositionId,
    [property: Id(2)] LevelTicks Levels,
    [property: Id(3)] string ClientRequestId = "");

/// <param name="Quantity">Zero closes all of it.</param>
[GenerateSerializer, Immutable, Alias("Exchange.CloseAtSymbol")]
public sealed record CloseAtSymbol(
    [property: Id(0)] long Account,
    [property: Id(1)] long PositionId,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] string ClientRequestId = "");

/// <summary>Zero stands for "none" in levels. A position without leverage may have no liquidation price.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.PositionView")]
public sealed record PositionView(
    [property: Id(0)] long PositionId,
    [property: Id(1)] string ClientPositionId,
    [property: Id(2)] string Symbol,
    [property: Id(3)] PositionSide Side,
    [property: Id(4)] PositionState State,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] decimal EntryPrice,
    [property: Id(7)] decimal Margin,
    [property: Id(8)] decimal Leverage,
    [property: Id(9)] decimal LiquidationPrice,
    [property: Id(10)] decimal StopLoss,
    [property: Id(11)] decimal TakeProfit,
    [property: Id(12)] decimal TrailDistance,
    [property: Id(13)] int TrailBps,
    [property: Id(14)] decimal TrailingLevel,
    [property: Id(15)] long ExpiresAtMs,
    [property: Id(16)] long OpenedAtMs,
    [property: Id(17)] decimal MarkPrice,
    [property: Id(18)] decimal UnrealisedProfit);

/// <summary>What closing a position, or a part of it, came to.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.ExitView")]
public sealed record ExitView(
    [property: Id(0)] decimal Quantity,
    [property: Id(1)] decimal ExitPrice,
    [property: Id(2)] decimal MarginReleased,
    [property: Id(3)] decimal Profit,
    [property: Id(4)] decimal Fee,
    [property: Id(5)] decimal Payout,
    [property: Id(6)] bool IsClosed);

/// <param name="Sequence">The record with the outcome; 0 where nothing was journaled.</param>
[GenerateSerializer, Immutable, Alias("Exchange.PositionReply")]
public sealed record PositionReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long Sequence,
    [property: Id(2)] PositionView? Position,
    [property: Id(3)] ExitView? Exit);

[GenerateSerializer, Immutable, Alias("Exchange.PositionsView")]
public sealed record PositionsView([property: Id(0)] PositionView[] Positions);
