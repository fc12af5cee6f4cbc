namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>What a coin symbol does about positions. The same grain as <see cref="ISymbolGrain"/>, the same key.</summary>
[Alias("Exchange.ISymbolPositions")]
public interface ISymbolPositions : IGrainWithStringKey
{
    /// <summary>Idempotent by position id. Answers when the outcome is durable.</summary>
    [Alias("OpenPosition")]
    Task<PositionReply> OpenPosition(OpenAtSymbol open);

    [Alias("ChangePosition")]
    Task<PositionReply> ChangePosition(ChangeAtSymbol change);

    /// <summary>Idempotent by request id.</summary>
    [Alias("AddMargin")]
    Task<PositionReply> AddMargin(AddMarginAtSymbol margin);

    [Alias("ClosePosition")]
    Task<PositionReply> ClosePosition(CloseAtSymbol close);

    [Alias("GetPositions")]
    Task<PositionsView> GetPositions(long account);
}
