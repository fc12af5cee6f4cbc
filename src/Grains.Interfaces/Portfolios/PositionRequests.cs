using Exchange.Domain;
using Exchange.Domain.Positions;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>
/// Zero stands for "none". A trailing stop is given by its distance in price or in basis points, not both.
/// </summary>
[GenerateSerializer, Immutable, Alias("Exchange.PositionLevelsRequest")]
public sealed record PositionLevelsRequest(
    [property: Id(0)] decimal StopLoss,
    [property: Id(1)] decimal TakeProfit,
    [property: Id(2)] decimal TrailDistance,
    [property: Id(3)] int TrailBps,
    [property: Id(4)] long ExpiresAtMs)
{
    public static PositionLevelsRequest None { get; } = new(0, 0, 0, 0, 0);
}

/// <param name="ClientPositionId">The same id with the same body is the same position; empty asks for one.</param>
/// <param name="Leverage">In tenths: 10 is 1x, 1000 is 100x.</param>
[GenerateSerializer, Immutable, Alias("Exchange.OpenPositionRequest")]
public sealed record OpenPositionRequest(
    [property: Id(0)] string ClientPositionId,
    [property: Id(1)] string Symbol,
    [property: Id(2)] PositionSide Side,
    [property: Id(3)] decimal Margin,
    [property: Id(4)] int Leverage,
    [property: Id(5)] PositionLevelsRequest Levels);

/// <param name="ClientRequestId">The same id with the same body is the same change, also after a later one; empty is always new.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ChangePositionRequest")]
public sealed record ChangePositionRequest(
    [property: Id(0)] long PositionId,
    [property: Id(1)] PositionLevelsRequest Levels,
    [property: Id(2)] string ClientRequestId = "");

[GenerateSerializer, Immutable, Alias("Exchange.AddMarginRequest")]
public sealed record AddMarginRequest(
    [property: Id(0)] string ClientRequestId,
    [property: Id(1)] long PositionId,
    [property: Id(2)] decimal Amount);

/// <param name="Quantity">Zero closes all of it.</param>
/// <param name="ClientRequestId">The same id with the same body is the same close, and has the same answer; empty is always new.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ClosePositionRequest")]
public sealed record ClosePositionRequest(
    [property: Id(0)] long PositionId,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] string ClientRequestId = "");

/// <param name="PositionId">Zero where the request was refused before it got one.</param>
[GenerateSerializer, Immutable, Alias("Exchange.PositionAnswer")]
public sealed record PositionAnswer(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long PositionId,
    [property: Id(2)] string Symbol,
    [property: Id(3)] Symbols.PositionView? Position,
    [property: Id(4)] Symbols.ExitView? Exit);

[GenerateSerializer, Immutable, Alias("Exchange.StatisticsView")]
public readonly record struct StatisticsView(
    [property: Id(0)] string Asset,
    [property: Id(1)] long Count,
    [property: Id(2)] long Wins,
    [property: Id(3)] long Losses,
    [property: Id(4)] decimal Volume,
    [property: Id(5)] decimal NetProfit,
    [property: Id(6)] decimal Best,
    [property: Id(7)] decimal Worst);

/// <param name="InPositions">Margin by asset.</param>
[GenerateSerializer, Immutable, Alias("Exchange.StatisticsReply")]
public sealed record StatisticsReply(
    [property: Id(0)] StatisticsView[] Statistics,
    [property: Id(1)] BalanceView[] InPositions);
