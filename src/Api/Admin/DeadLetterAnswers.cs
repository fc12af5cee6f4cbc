using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain.Settlement;
using Exchange.Storage.DeadLetters;

namespace Exchange.Api.Admin;

/// <param name="Letters">The oldest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterInfo> Letters, string? NextCursor);

/// <param name="Reason">Why the account refused it.</param>
/// <param name="Record">What it says, line by line.</param>
public sealed record DeadLetterInfo(
    string Id, string Symbol, string Account, string Reason, long AddedAt, int Retries, long RetriedAt, IReadOnlyList<SettlementLine> Record);

/// <summary>The amounts of a fill are what was traded, before the fee; of a position they are what the account gains or loses.</summary>
public sealed record SettlementLine(
    string Kind, string Sequence, int Index, string OrderId, string TradeId, string Side, decimal BaseAmount, decimal QuoteAmount, decimal Fee);

/// <param name="Letters">The newest first; only so many are kept as the settings say.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record PastDeadLetterPage(IReadOnlyList<PastDeadLetter> Letters, string? NextCursor);

/// <param name="Outcome">SETTLED or DROPPED.</param>
public sealed record PastDeadLetter(string Outcome, DeadLetterInfo Letter);

/// <param name="Outcome">SETTLED, DROPPED, or REFUSED with the reason; what was refused stays on the list.</param>
public sealed record DeadLetterOutcome(string Id, string Outcome, string? Reason);

/// <summary>The body of DELETE /admin/dead-letters/ID.</summary>
internal sealed class DropRequest : IJsonRequest<DropRequest>
{
    private const int ReasonLengthMax = 200;

    public string Reason = "";

    public static FieldSet Fields { get; } = new("reason");

    public static Refusal? Read(DropRequest request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "reason", ReasonLengthMax, out request.Reason);

    public static Refusal? Complete(DropRequest request) =>
        request.Reason.Length > 0 ? null : EdgeErrors.MissingField.With("field", "reason");
}

internal static class DeadLetterTranslation
{
    public static DeadLetterInfo ToInfo(DeadLetter letter) => new(
        JsonId.Text(letter.Id), letter.Source, letter.Target, letter.Reason, letter.AddedAtMs, letter.Retries, letter.RetriedAtMs,
        [.. (JsonSerializer.Deserialize<SettlementItem[]>(letter.Payload.Span) ?? []).Select(ToLine)]);

    public static PastDeadLetter ToPast(DeadLetter letter) => new(letter.State == DeadLetterState.Delivered ? "SETTLED" : "DROPPED", ToInfo(letter));

    private static SettlementLine ToLine(SettlementItem item) => new(
        item.Move is { } move ? $"Position{move.Kind}" : item.Kind.ToString(),
        JsonId.Text(item.Sequence),
        item.Index,
        JsonId.Text(item.OrderId),
        JsonId.Text(item.TradeId),
        WireNames.Sides.Text(item.Side),
        item.BaseAmount,
        item.Move is { } moved ? -moved.HouseChange : item.QuoteAmount,
        item.Move?.Fee ?? item.Fee);
}
