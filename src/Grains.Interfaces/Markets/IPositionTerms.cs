using Exchange.Domain.Positions;

namespace Exchange.Grains.Interfaces.Markets;

/// <summary>What each market asks of positions with leverage.</summary>
public interface IPositionTerms
{
    CfdTerms TermsOf(string symbol);
}
