using Exchange.Domain.Markets;

namespace Exchange.Feeds.Replay;

/// <summary>Something that happened on a market at a time, ready to be told to a listener in the market's ticks and lots.</summary>
internal abstract class ReplayLine(string symbol, long heardAtMs)
{
    /// <summary>The market, without separators: recordings and venues write BTC_USDT, BTC-USDT, BTCUSDT.</summary>
    public string Symbol { get; } = Plain(symbol);

    public long HeardAtMs => heardAtMs;

    /// <summary>Whether it says in which ticks and lots the market was recorded.</summary>
    public virtual bool IsDefinition => false;

    /// <summary>Without a market, only what needs no conversion is told.</summary>
    public abstract void Tell(ReplayTrack track, Market? market, IFeedListener listener);

    public static string Plain(string symbol) => symbol.Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}

/// <summary>What a replay knows about one subscription: how times are shifted, and whether its book has begun.</summary>
internal sealed class ReplayTrack(Func<long, long> shift)
{
    public bool HasBook { get; set; }
    public string? Refusal { get; set; }

    public long Shift(long atMs) => shift(atMs);
}

internal interface IReplaySource : IDisposable
{
    /// <summary>The next line in order of time, or null at the end.</summary>
    ReplayLine? Next();
}
