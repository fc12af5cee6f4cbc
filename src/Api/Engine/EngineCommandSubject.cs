using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Positions;
using Exchange.Domain;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Engine;

/// <summary>What a command was about, as it is written down with the command.</summary>
public sealed record EngineCommandSubject(
    string OrderId, string? Asset, string? Direction, decimal? Amount, long? Leverage, string? TradeId, string? Code = null)
{
    internal static string Of(EngineRequest request, string orderId, EngineData? data, string? code)
    {
        var isTrade = request.HasCommand && request.Command == EngineCommand.CreateTrade;
        var tradeId = data?.TradeId ?? request.TradeId;
        var subject = new EngineCommandSubject(
            orderId,
            request.Asset.Length > 0 ? request.Asset : data?.Asset,
            isTrade && request.HasDirection ? PositionNames.Sides.Text(request.Direction) : null,
            isTrade ? request.Margin : null,
            isTrade ? request.Leverage : null,
            tradeId.Length > 0 ? tradeId : null,
            code);
        return JsonSerializer.Serialize(subject, EngineJson.Default.EngineCommandSubject);
    }

    internal static PastCommand ToPast(CommandRow row)
    {
        var subject = JsonSerializer.Deserialize(row.Command.Subject, EngineJson.Default.EngineCommandSubject)!;
        var isDone = row.Command.Outcome == Reason.None;
        return new PastCommand(
            JsonId.Text(row.Id), subject.OrderId, row.Command.Kind, subject.Asset, subject.Direction, subject.Amount, subject.Leverage,
            subject.TradeId, isDone ? "SUCCESS" : "ERROR", isDone ? null : subject.Code ?? row.Command.Outcome.ToError().Code,
            row.Command.ReceivedAtMs,
            row.Command.LatencyMicroseconds / 1_000d);
    }
}
