namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>What an account does about positions. The same grain as <see cref="IPortfolioGrain"/>, the same key.</summary>
[Alias("Exchange.IPortfolioPositions")]
public interface IPortfolioPositions : IGrainWithIntegerKey
{
    /// <summary>Idempotent by client position id.</summary>
    [Alias("OpenPosition")]
    Task<PositionAnswer> OpenPosition(OpenPositionRequest request);

    /// <summary>Takes a position back that waits for its price.</summary>
    [Alias("CancelPosition")]
    Task<PositionAnswer> CancelPosition(CancelPositionRequest request);

    /// <summary>All levels as they are to be from now on.</summary>
    [Alias("ChangePosition")]
    Task<PositionAnswer> ChangePosition(ChangePositionRequest request);

    /// <summary>Idempotent by client request id.</summary>
    [Alias("AddMargin")]
    Task<PositionAnswer> AddMargin(AddMarginRequest request);

    [Alias("ClosePosition")]
    Task<PositionAnswer> ClosePosition(ClosePositionRequest request);

    [Alias("GetPositions")]
    Task<Symbols.PositionsView> GetPositions();

    [Alias("GetStatistics")]
    Task<StatisticsReply> GetStatistics();
}
