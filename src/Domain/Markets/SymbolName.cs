using Exchange.Domain.Money;

namespace Exchange.Domain.Markets;

/// <summary>A market's name: BTC_USDT inside the exchange; BTC-USDT, BTC/USDT and lower case are read as well.</summary>
public readonly record struct SymbolName(string Base, string Quote)
{
    public const char Separator = '_';
    public const int LengthMax = 2 * AssetCode.LengthMax + 1;

    /// <summary>The name as exchanges write it that use no separator.</summary>
    public string Joined => Base + Quote;

    public override string ToString() => $"{Base}{Separator}{Quote}";

    public static bool TryParse(ReadOnlySpan<char> text, out SymbolName name)
    {
        name = default;
        var separator = text.IndexOfAny(Separator, '-', '/');
        if (separator < 0
            || !AssetCode.TryParse(text[..separator], out var baseAsset)
            || !AssetCode.TryParse(text[(separator + 1)..], out var quoteAsset)
            || baseAsset == quoteAsset)
            return false;

        name = new SymbolName(baseAsset, quoteAsset);
        return true;
    }
}
