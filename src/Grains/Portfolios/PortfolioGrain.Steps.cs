using Exchange.Domain.Events;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Positions;

namespace Exchange.Grains.Portfolios;

/// <summary>What those who work beside the grain ask of it.</summary>
public sealed partial class PortfolioGrain : IPortfolioSteps
{
    bool IPortfolioSteps.TakesNewWork => TakesNewWork;

    Task IPortfolioSteps.Journal(IReadOnlyList<DomainEvent> happened) => Apply(happened);

    Task IPortfolioSteps.FateOf(string symbol, long orderId) => FateOf(symbol, orderId);

    Task IPortfolioSteps.Durable() => WhenDurable();

    OrderView? IPortfolioSteps.Recent(long orderId) => Recent(orderId, null);

    Task IPortfolioSteps.Settled(string symbol, long sequence) => Settled(symbol, sequence);

    Task IPortfolioSteps.ReleaseNeverArrived(long requestId) => Journal(_portfolio.ReleaseNeverArrived(requestId));

    void IPortfolioSteps.ReconcileSoon() => ReconcileSoon();
}
