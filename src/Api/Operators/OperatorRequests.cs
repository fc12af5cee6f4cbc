using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.MarketMaking;

namespace Exchange.Api.Operators;

/// <summary>A body that says why, where the action does without.</summary>
internal sealed class OptionalReason : IJsonRequest<OptionalReason>
{
    public string Why = "";

    public static FieldSet Fields { get; } = new("reason");

    public static Refusal? Read(OptionalReason request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "reason", Portfolio.WhyLengthMax, out request.Why);

    public static Refusal? Complete(OptionalReason request) => null;
}

internal sealed class RequiredReason : IJsonRequest<RequiredReason>
{
    public string Why = "";

    public static FieldSet Fields { get; } = new("reason");

    public static Refusal? Read(RequiredReason request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "reason", Portfolio.WhyLengthMax, out request.Why);

    public static Refusal? Complete(RequiredReason request) => request.Why.Length > 0 ? null : EdgeErrors.MissingField.With("field", "reason");
}

internal sealed class RestartRequest : IJsonRequest<RestartRequest>
{
    public string Market = "";
    public string Why = "";

    public static FieldSet Fields { get; } = new("symbol", "reason");

    public static Refusal? Read(RestartRequest request, int field, ref Utf8JsonReader reader) => field == 0
        ? ReadField.Market(ref reader, ref request.Market)
        : ReadField.Text(ref reader, "reason", Portfolio.WhyLengthMax, out request.Why);

    public static Refusal? Complete(RestartRequest request) => null;
}

internal enum AdjustmentKind
{
    Credit,
    Debit,
}

internal sealed class AdjustRequest : IJsonRequest<AdjustRequest>
{
    private static readonly EnumNames<AdjustmentKind> Kinds = new("CREDIT", "DEBIT");

    public string AdjustmentId = "";
    public string Asset = "";
    public decimal Amount;
    public string Why = "";
    private AdjustmentKind kind;
    private bool hasKind;

    public static FieldSet Fields { get; } = new("adjustmentId", "asset", "amount", "kind", "reason");

    public static IReadOnlyList<string> KindNames => Kinds.All;

    public decimal SignedAmount => kind == AdjustmentKind.Credit ? Amount : -Amount;

    public static Refusal? Read(AdjustRequest request, int field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case 0: return ReadField.ClientId(ref reader, "adjustmentId", out request.AdjustmentId);
            case 1: return ReadField.Asset(ref reader, out request.Asset);
            case 2: return ReadField.Decimal(ref reader, "amount", Reason.InvalidAmount, out request.Amount);
            case 3:
                request.hasKind = true;
                return ReadField.Name(ref reader, "kind", Kinds, out request.kind);
            default: return ReadField.Text(ref reader, "reason", Portfolio.WhyLengthMax, out request.Why);
        }
    }

    public static Refusal? Complete(AdjustRequest request)
    {
        var missing = request.AdjustmentId.Length == 0 ? "adjustmentId"
            : request.Asset.Length == 0 ? "asset"
            : request.Amount == 0 ? "amount"
            : !request.hasKind ? "kind"
            : request.Why.Length == 0 ? "reason"
            : null;
        return missing is null ? null : EdgeErrors.MissingField.With("field", missing);
    }
}

/// <summary>What is given changes, the rest stays.</summary>
internal sealed class MakerRequest : IJsonRequest<MakerRequest>
{
    private readonly List<Func<MakerSettings, MakerSettings>> changes = [];

    public static FieldSet Fields { get; } = new(
        "enabled", "levels", "halfSpreadBps", "stepBps", "skewBps", "requoteBps", "levelQuantity", "growthPercent", "positionMax", "exposureMax",
        "reference", "referencePrice", "referenceRangeBps", "referenceSymbol", "referenceFactor");

    public MakerSettings Change(MakerSettings settings) => changes.Aggregate(settings, (changed, change) => change(changed));

    public static Refusal? Read(MakerRequest request, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => request.ReadSwitch(ref reader),
        1 or 2 or 3 or 4 or 5 or 7 or 12 => request.ReadNumber(field, ref reader),
        10 => request.ReadKind(ref reader),
        13 => request.ReadSymbol(ref reader),
        _ => request.ReadDecimal(field, ref reader),
    };

    public static Refusal? Complete(MakerRequest request) =>
        request.changes.Count > 0 ? null : Reason.InvalidRequest.ToError().Saying("The request changes nothing.");

    private Refusal? ReadSwitch(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return EdgeErrors.InvalidField.With("field", "enabled");
        var isOn = reader.TokenType == JsonTokenType.True;
        return Note(settings => settings with { IsOn = isOn });
    }

    private Refusal? ReadNumber(int field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var value) || value < 0)
            return EdgeErrors.InvalidField.With("field", Fields.Names[field]);
        return Note(field switch
        {
            1 => settings => settings with { Levels = value },
            2 => settings => settings with { HalfSpreadBps = value },
            3 => settings => settings with { StepBps = value },
            4 => settings => settings with { SkewBps = value },
            5 => settings => settings with { RequoteBps = value },
            7 => settings => settings with { GrowthPercent = value },
            _ => settings => settings with { Reference = settings.Reference with { RangeBps = value } },
        });
    }

    private Refusal? ReadDecimal(int field, ref Utf8JsonReader reader)
    {
        if (ReadField.Decimal(ref reader, Fields.Names[field], Reason.InvalidAmount, out var value) is { } refusal)
            return refusal;
        return Note(field switch
        {
            6 => settings => settings with { LevelQuantity = value },
            8 => settings => settings with { PositionMax = value },
            9 => settings => settings with { ExposureMax = value },
            11 => settings => settings with { Reference = settings.Reference with { Price = value } },
            _ => settings => settings with { Reference = settings.Reference with { Factor = value } },
        });
    }

    private Refusal? ReadKind(ref Utf8JsonReader reader) =>
        ReadField.Name(ref reader, "reference", OperatorNames.References, out var kind)
            ?? Note(settings => settings with { Reference = settings.Reference with { Kind = kind } });

    private Refusal? ReadSymbol(ref Utf8JsonReader reader)
    {
        var symbol = "";
        return ReadField.Market(ref reader, ref symbol) ?? Note(
            settings => settings with { Reference = settings.Reference with { Symbol = symbol } });
    }

    private Refusal? Note(Func<MakerSettings, MakerSettings> change)
    {
        changes.Add(change);
        return null;
    }
}
