namespace Exchange.Domain.Markets;

/// <summary>
/// Finds the market that a text names. BTCUSDT can be split only by someone who knows the markets; where two markets
/// join to the same letters, neither is guessed and the separated form is needed.
/// </summary>
public sealed class SymbolResolver
{
    private readonly Dictionary<string, string?> _symbols = new(StringComparer.Ordinal);

    public SymbolResolver(IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (!SymbolName.TryParse(symbol, out var name))
                throw new ArgumentException($"'{symbol}' is not the name of a market.", nameof(symbols));
            var canonical = name.ToString();
            _symbols[canonical] = canonical;
            _symbols[name.Joined] = _symbols.TryGetValue(name.Joined, out var other) && other != canonical ? null : canonical;
        }
    }

    /// <summary>The canonical symbol, or null where no market, or more than one, has that name.</summary>
    public string? Resolve(string? text)
    {
        if (text is null || text.Length is 0 or > SymbolName.LengthMax)
            return null;
        if (_symbols.TryGetValue(text, out var symbol))
            return symbol;
        if (SymbolName.TryParse(text, out var name))
            return _symbols.GetValueOrDefault(name.ToString());

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return null;
        }

        return _symbols.GetValueOrDefault(text.ToUpperInvariant());
    }
}
