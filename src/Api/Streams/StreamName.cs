using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Api.Streams;

internal enum StreamKind
{
    Depth,
    FastDepth,
    Trades,
    Ticker,
    Kline,
    User,
}

/// <summary>A stream as clients name it, with the market in its canonical spelling.</summary>
internal sealed record StreamName(StreamKind Kind, Market? Market, CandleInterval Interval, string Text)
{
    public static readonly StreamName User = new(StreamKind.User, null, default, "user");

    public static bool TryParse(string text, IMarketCatalog catalog, [NotNullWhen(true)] out StreamName? name, out bool isUnknownMarket)
    {
        isUnknownMarket = false;
        name = text == User.Text ? User : null;
        var parts = text.Split('@');
        if (name is not null || parts.Length is < 2 or > 3)
            return name is not null;
        var interval = default(CandleInterval);
        StreamKind? kind = (parts[0], parts.Length) switch
        {
            ("depth", 2) => StreamKind.Depth,
            ("depth", 3) when parts[2] == "fast" => StreamKind.FastDepth,
            ("trade", 2) => StreamKind.Trades,
            ("ticker", 2) => StreamKind.Ticker,
            ("kline", 3) when CandleInterval.TryParse(parts[2], out interval) => StreamKind.Kline,
            _ => null,
        };
        if (kind is not { } known)
            return false;
        if (!catalog.TryResolve(parts[1], out var market))
        {
            isUnknownMarket = true;
            return false;
        }

        var suffix = parts.Length == 3 ? "@" + parts[2] : "";
        name = new StreamName(known, market, interval, $"{parts[0]}@{market.Symbol}{suffix}");
        return true;
    }
}
