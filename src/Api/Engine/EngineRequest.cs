using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Positions;
using Exchange.Domain;
using Exchange.Domain.Positions;

namespace Exchange.Api.Engine;

internal enum EngineCommand : byte
{
    CreateAccount = 0,
    GetUsdBalance = 1,
    GetBalance = 2,
    CreateTrade = 3,
    CloseTrade = 4,
}

/// <summary>The body of POST /engine. Leverage comes in tenths: 10 is 1x, 1000 is 100x.</summary>
internal sealed class EngineRequest : IJsonRequest<EngineRequest>
{
    public const string TradePrefix = "trade_";

    public static readonly EnumNames<EngineCommand> Commands =
        new("CREATE_ACCOUNT", "GET_USD_BALANCE", "GET_BALANCE", "CREATE_TRADE", "CLOSE_TRADE");

    private const int TradeIdLength = 32;

    public EngineCommand Command;
    public string Asset = "";
    public PositionSide Direction;
    public decimal Margin;
    public long Leverage = Domain.Positions.Leverage.Scale;
    public decimal StopLoss;
    public decimal TakeProfit;
    public string TradeId = "";

    public bool HasCommand { get; private set; }

    public bool HasDirection { get; private set; }

    public static FieldSet Fields { get; } =
        new("command", "asset", "direction", "margin", "leverage", "stopLossPrice", "takeProfitPrice", "tradeId");

    public static Refusal? Read(EngineRequest request, int field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case 0:
                var refusal = ReadField.Name(ref reader, "command", Commands, out request.Command);
                request.HasCommand = refusal is null;
                return refusal;
            case 1: return ReadField.Market(ref reader, ref request.Asset);
            case 2:
                request.HasDirection = true;
                return ReadField.Name(ref reader, "direction", PositionNames.Sides, out request.Direction);
            case 3: return ReadField.Decimal(ref reader, "margin", Reason.InvalidAmount, out request.Margin);
            case 4:
                return reader.TryGetId(out request.Leverage) && request.Leverage <= int.MaxValue
                    ? null
                    : Reason.InvalidLeverage.ToError().With("field", "leverage");
            case 5: return ReadField.Decimal(ref reader, "stopLossPrice", Reason.InvalidPrice, out request.StopLoss);
            case 6: return ReadField.Decimal(ref reader, "takeProfitPrice", Reason.InvalidPrice, out request.TakeProfit);
            default:
                return reader.TryGetAscii(TradeIdLength, out request.TradeId) ? null : EdgeErrors.InvalidField.With("field", "tradeId");
        }
    }

    public static Refusal? Complete(EngineRequest request)
    {
        var missing = !request.HasCommand ? "command" : request.Command switch
        {
            EngineCommand.CreateTrade when request.Asset.Length == 0 => "asset",
            EngineCommand.CreateTrade when !request.HasDirection => "direction",
            EngineCommand.CreateTrade when request.Margin == 0 => "margin",
            EngineCommand.CloseTrade when request.TradeId.Length == 0 => "tradeId",
            _ => null,
        };
        return missing is null ? null : EdgeErrors.MissingField.With("field", missing);
    }
}
