using Exchange.Domain.Markets;

namespace Exchange.Feeds;

/// <summary>The name under which the venue knows a market: its own where one is given, else ours.</summary>
internal static class FeedSymbol
{
    public static string Of(Market market) => market.VenueSymbol.Length > 0 ? market.VenueSymbol : market.Symbol;
}
