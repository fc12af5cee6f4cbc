namespace Exchange.Grains.Symbols;

/// <summary>Someone named a symbol that is not listed. The edge checks names, so this is a bug or a race with a listing.</summary>
public sealed class UnknownSymbolException(string symbol) : Exception($"'{symbol}' is not listed.");
