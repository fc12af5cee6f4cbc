using System.Text.Json.Serialization;

namespace Exchange.Api.Engine;

/// <summary>The envelope of every answer of the engine. Numbers are JSON numbers here, as this dialect has them.</summary>
public sealed record EngineAnswer(
    bool Success,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    string OrderId,
    EngineResponse EngineResponse,
    long Latency);

public sealed record EngineResponse(string Status, EngineData? Data, string Message);

/// <summary>What the commands answer; each leaves out what the others have.</summary>
public sealed record EngineData
{
    public required string Email { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? InitialUsdBalance { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Assets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? UsdBalance { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, decimal>? Balances { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TradeId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Asset { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? EntryPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? LiquidationPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? StopLossPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? TakeProfitPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Margin { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Leverage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MarginReturned { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Pnl { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? TotalReturn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? ClosePrice { get; init; }
}

/// <summary>The price times ten to the power of <paramref name="Decimal"/>, a whole number as text.</summary>
public sealed record ScaledPrice(string Asset, string Price, int Decimal);

/// <param name="Commands">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record CommandPage(IReadOnlyList<PastCommand> Commands, string? NextCursor);

/// <param name="Command">UNKNOWN where the body named none that there is.</param>
/// <param name="Status">SUCCESS or ERROR, with the code of the answer.</param>
/// <param name="Amount">The margin of a trade.</param>
/// <param name="Leverage">In tenths, as it was asked for.</param>
public sealed record PastCommand(
    string Id,
    string OrderId,
    string Command,
    string? Asset,
    string? Direction,
    decimal? Amount,
    long? Leverage,
    string? TradeId,
    string Status,
    string? Code,
    long Time,
    double LatencyMs);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineAnswer))]
[JsonSerializable(typeof(ScaledPrice))]
[JsonSerializable(typeof(CommandPage))]
[JsonSerializable(typeof(EngineCommandSubject))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class EngineJson : JsonSerializerContext;
