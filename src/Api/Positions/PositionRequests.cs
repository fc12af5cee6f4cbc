using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Positions;

/// <summary>The levels that several requests carry. Zero means "not given".</summary>
internal sealed class LevelFields
{
    private static readonly string[] Names = ["stopLoss", "takeProfit", "trailDistance", "trailBps", "expiresAt"];

    private decimal stopLoss;
    private decimal takeProfit;
    private decimal trailDistance;
    private long trailBps;
    private long expiresAt;

    public static FieldSet With(params string[] others) => new([.. Names, .. others]);

    public static bool Has(int field) => field < Names.Length;

    public Refusal? Read(int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Decimal(ref reader, "stopLoss", Reason.InvalidPrice, out stopLoss),
        1 => ReadField.Decimal(ref reader, "takeProfit", Reason.InvalidPrice, out takeProfit),
        2 => ReadField.Decimal(ref reader, "trailDistance", Reason.InvalidTrailing, out trailDistance),
        3 => reader.TryGetId(out trailBps) && trailBps <= int.MaxValue ? null : Reason.InvalidTrailing.ToError().With("field", "trailBps"),
        _ => reader.TryGetId(out expiresAt) ? null : Reason.InvalidExpiry.ToError().With("field", "expiresAt"),
    };

    public PositionLevelsRequest ToRequest() => new(stopLoss, takeProfit, trailDistance, (int)trailBps, expiresAt);
}

internal sealed class OpenPositionBody : IJsonRequest<OpenPositionBody>
{
    private const int First = 5;

    public readonly LevelFields Levels = new();
    public string Market = "";
    public PositionSide Direction;
    public decimal Margin;
    public Leverage Leverage = new(Leverage.Scale);
    public string ClientPositionId = "";
    public long UserId;

    private bool hasDirection;

    public static FieldSet Fields { get; } = LevelFields.With("market", "symbol", "direction", "margin", "leverage", "clientPositionId", "userId");

    public static Refusal? Read(OpenPositionBody body, int field, ref Utf8JsonReader reader)
    {
        if (LevelFields.Has(field))
            return body.Levels.Read(field, ref reader);
        switch (field - First)
        {
            case 0 or 1: return ReadField.Market(ref reader, ref body.Market);
            case 2:
                body.hasDirection = true;
                return ReadField.Name(ref reader, "direction", PositionNames.Sides, out body.Direction);
            case 3: return ReadField.Decimal(ref reader, "margin", Reason.InvalidAmount, out body.Margin);
            case 4:
                return ReadField.Decimal(ref reader, "leverage", Reason.InvalidLeverage, out var factor)
                    ?? (Leverage.TryFrom(factor, out body.Leverage) ? null : Reason.InvalidLeverage.ToError().With("field", "leverage"));
            case 5: return ReadField.ClientId(ref reader, "clientPositionId", out body.ClientPositionId);
            default: return ReadField.UserId(ref reader, out body.UserId);
        }
    }

    public static Refusal? Complete(OpenPositionBody body)
    {
        if (body.Market.Length == 0)
            return EdgeErrors.MissingField.With("field", "market");
        if (!body.hasDirection)
            return EdgeErrors.MissingField.With("field", "direction");
        return body.Margin > 0 ? null : EdgeErrors.MissingField.With("field", "margin");
    }
}

/// <summary>What is not given is none from then on.</summary>
internal sealed class ChangePositionBody : IJsonRequest<ChangePositionBody>
{
    private const int First = 5;

    public readonly LevelFields Levels = new();
    public long PositionId;
    public string ClientRequestId = "";

    public static FieldSet Fields { get; } = LevelFields.With("positionId", "clientRequestId");

    public static Refusal? Read(ChangePositionBody body, int field, ref Utf8JsonReader reader)
    {
        if (LevelFields.Has(field))
            return body.Levels.Read(field, ref reader);
        return field == First
            ? ReadField.Id(ref reader, "positionId", out body.PositionId)
            : ReadField.ClientId(ref reader, "clientRequestId", out body.ClientRequestId);
    }

    public static Refusal? Complete(ChangePositionBody body) =>
        body.PositionId > 0 ? null : EdgeErrors.MissingField.With("field", "positionId");
}

internal sealed class AddMarginBody : IJsonRequest<AddMarginBody>
{
    public long PositionId;
    public decimal Amount;
    public string ClientRequestId = "";

    public static FieldSet Fields { get; } = new("positionId", "amount", "clientRequestId");

    public static Refusal? Read(AddMarginBody body, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Id(ref reader, "positionId", out body.PositionId),
        1 => ReadField.Decimal(ref reader, "amount", Reason.InvalidAmount, out body.Amount),
        _ => ReadField.ClientId(ref reader, "clientRequestId", out body.ClientRequestId),
    };

    public static Refusal? Complete(AddMarginBody body)
    {
        if (body.PositionId == 0)
            return EdgeErrors.MissingField.With("field", "positionId");
        return body.Amount > 0 ? null : EdgeErrors.MissingField.With("field", "amount");
    }
}

/// <summary>Without a quantity all of it is closed.</summary>
internal sealed class ClosePositionBody : IJsonRequest<ClosePositionBody>
{
    public long PositionId;
    public decimal Quantity;
    public string ClientRequestId = "";

    public static FieldSet Fields { get; } = new("positionId", "quantity", "clientRequestId");

    public static Refusal? Read(ClosePositionBody body, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Id(ref reader, "positionId", out body.PositionId),
        1 => ReadField.Decimal(ref reader, "quantity", Reason.InvalidQuantity, out body.Quantity),
        _ => ReadField.ClientId(ref reader, "clientRequestId", out body.ClientRequestId),
    };

    public static Refusal? Complete(ClosePositionBody body) =>
        body.PositionId > 0 ? null : EdgeErrors.MissingField.With("field", "positionId");
}
