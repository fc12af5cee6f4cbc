using Exchange.Domain.Events;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Positions;

/// <summary>What a portfolio's collaborators ask of their grain.</summary>
internal interface IPortfolioSteps
{
    /// <summary>False while so much waits for the journal that nothing new is to be started.</summary>
    bool TakesNewWork { get; }

    /// <summary>Applies and journals; done when it is durable.</summary>
    Task Journal(IReadOnlyList<DomainEvent> happened);

    /// <summary>Done when everything decided so far is durable.</summary>
    Task Durable();

    /// <summary>Done when the order is known to be at its symbol, or never to get there.</summary>
    Task FateOf(string symbol, long orderId);

    /// <summary>An order that finished a short while ago.</summary>
    OrderView? Recent(long orderId);

    /// <summary>Done when this much of the symbol is settled, or after a while.</summary>
    Task Settled(string symbol, long sequence);

    /// <summary>The symbol has declared the request dead: what it holds goes back, once.</summary>
    Task ReleaseNeverArrived(long requestId);

    void ReconcileSoon();
}
