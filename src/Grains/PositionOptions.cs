using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains;

/// <summary>What markets ask of positions. A market without terms of its own has the default ones.</summary>
public sealed class PositionOptions : IPositionTerms
{
    public CfdTerms Default { get; set; } = CfdTerms.Default;
    public Dictionary<string, CfdTerms> Markets { get; } = new(StringComparer.Ordinal);

    public CfdTerms TermsOf(string symbol) => Markets.GetValueOrDefault(symbol, Default);
}
