using Exchange.Domain.Events;
using Exchange.Grains.Positions;

namespace Exchange.Grains.Portfolios;

/// <summary>What the grain's collaborators ask of it.</summary>
public sealed partial class PortfolioGrain : IPortfolioSteps
{
    Task IPortfolioSteps.Journal(IReadOnlyList<DomainEvent> events) => Apply(events);

    Task IPortfolioSteps.Settled(string symbol, long sequence) => Settled(symbol, sequence);

    void IPortfolioSteps.ReconcileSoon() => ReconcileSoon();
}
