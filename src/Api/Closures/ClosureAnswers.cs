using System.Text.Json.Serialization;

namespace Exchange.Api.Closures;

/// <param name="Counts">By kind, since the beginning.</param>
/// <param name="Closures">The newest first; only so many are kept as the settings say.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record ClosurePage(IReadOnlyList<ClosureTotal> Counts, IReadOnlyList<ClosureInfo> Closures, string? NextCursor);

public sealed record ClosureTotal(string Kind, long Completed, long Failed);

/// <param name="Key">The record of the symbol's journal that it comes from.</param>
/// <param name="Outcome">COMPLETED, FAILED while it waits among the dead letters, GIVEN_UP.</param>
public sealed record ClosureInfo(
    string Id, string Key, string Account, string Kind, string Outcome, int Attempts, string Error, long Time, long FiledAt);

/// <param name="Letters">Those that wait, the oldest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record ClosureLetterPage(IReadOnlyList<ClosureLetterInfo> Letters, string? NextCursor);

public sealed record ClosureLetterInfo(string Id, string Key, string Account, string Kind, string Reason, string Detail, long Time);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClosurePage))]
[JsonSerializable(typeof(ClosureLetterPage))]
internal sealed partial class ClosureJson : JsonSerializerContext;
