using Exchange.Domain.Events;

namespace Exchange.Grains.Positions;

/// <summary>What a portfolio's collaborators ask of their grain.</summary>
internal interface IPortfolioSteps
{
    /// <summary>Applies and journals; done when it is durable.</summary>
    Task Journal(IReadOnlyList<DomainEvent> events);

    /// <summary>Done when this much of the symbol is settled, or after a while.</summary>
    Task Settled(string symbol, long sequence);

    void ReconcileSoon();
}
