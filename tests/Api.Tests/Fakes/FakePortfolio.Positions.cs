using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

public sealed partial class FakePortfolio : IPortfolioPositions
{
    public static readonly PositionView Short = new(
        4294967298, "p-1", "BTC_USDT", PositionSide.Short, PositionState.Open, 2.5m, 235.95m, 5_000, 100, 238.3095m, 237.5m, 0, 0, 150, 237.1m,
        0, 1_767_225_600_000, 235.95m, -1.25m);

    public static readonly WaitingPositionView Entry = new(
        4294967300, "e-1", "BTC_USDT", PositionSide.Long, 500, 20, 61_000, TriggerDirection.Rising, 60_500, 0, 0, 150, 0);

    public WaitingPositionView[] Entries { get; set; } = [];

    public Func<CancelPositionRequest, PositionAnswer> OnCancelPosition { get; set; } = cancel => new PositionAnswer(
        Reason.None, cancel.PositionId == 0 ? Entry.PositionId : cancel.PositionId, "BTC_USDT", null, null);

    public Func<OpenPositionRequest, PositionAnswer> OnOpen { get; set; } = _ => new PositionAnswer(
        Reason.None, Short.PositionId, "BTC_USDT", Short, null);

    public Func<ClosePositionRequest, PositionAnswer> OnClose { get; set; } = close => new PositionAnswer(
        Reason.None, close.PositionId, "BTC_USDT", null, new ExitView(2.5m, 235.74m, 5_000, 445.0095m, 0, 5_445.0095m, true));

    public Task<PositionAnswer> OpenPosition(OpenPositionRequest request) => Answer(request, OnOpen);

    public Task<PositionAnswer> CancelPosition(CancelPositionRequest request) => Answer(request, OnCancelPosition);

    public Task<PositionAnswer> ChangePosition(ChangePositionRequest request) =>
        Answer(request, _ => new PositionAnswer(Reason.None, request.PositionId, "BTC_USDT", Short, null));

    public Task<PositionAnswer> AddMargin(AddMarginRequest request) =>
        Answer(request, _ => new PositionAnswer(Reason.None, request.PositionId, "BTC_USDT", Short, null));

    public Task<PositionAnswer> ClosePosition(ClosePositionRequest request) => Answer(request, OnClose);

    public Task<PositionsView> GetPositions() => Answer("positions", _ => new PositionsView([Short], Entries));

    public Task<StatisticsReply> GetStatistics() => Answer("statistics", _ => new StatisticsReply(
        [new StatisticsView("USDT", 3, 2, 1, 1_000, 12.5m, 20, -7.5m)], [new BalanceView("USDT", 0, 5_000)]));
}
