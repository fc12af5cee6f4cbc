using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Portfolios;

/// <summary>The owner's side of positions; the work is done beside the grain.</summary>
public sealed partial class PortfolioGrain : IPortfolioPositions
{
    public Task<PositionAnswer> OpenPosition(OpenPositionRequest request)
    {
        ThrowIfBroken();
        return _positions.Open(request);
    }

    public Task<PositionAnswer> CancelPosition(CancelPositionRequest request) => _positions.Cancel(request);

    public Task<PositionAnswer> ChangePosition(ChangePositionRequest request) => _positions.Change(request);

    public Task<PositionAnswer> AddMargin(AddMarginRequest request)
    {
        ThrowIfBroken();
        return _positions.AddMargin(request);
    }

    public Task<PositionAnswer> ClosePosition(ClosePositionRequest request) => _positions.Close(request);

    public Task<PositionsView> GetPositions() => _positions.List();

    public async Task<StatisticsReply> GetStatistics()
    {
        var statistics = _positions.Statistics();
        await WhenDurable();
        return statistics;
    }
}
