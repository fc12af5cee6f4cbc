using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>
/// What a mailbox collected between two drains. Apply it in this order: the snapshot, the changes, the trades with
/// what followed them, the ranges, the state. It belongs to the reader until the next drain.
/// </summary>
public sealed class FeedBatch
{
    internal DepthLevel[] BidLevels = [];
    internal DepthLevel[] AskLevels = [];
    internal int BidCount;
    internal int AskCount;
    internal DepthChange[] ChangeList = new DepthChange[64];
    internal int ChangeCount;
    internal VenueTrade[] TradeList = new VenueTrade[16];
    internal int TradeCount;
    internal TradeSummary FollowingTrades;
    internal PriceRange BidRange;
    internal PriceRange AskRange;
    internal PriceRange LastRange;
    internal PriceRange MarkRange;

    public bool IsEmpty { get; internal set; } = true;

    /// <summary>The book starts anew from <see cref="Bids"/> and <see cref="Asks"/>; there are no changes then.</summary>
    public bool HasSnapshot { get; internal set; }
    public ReadOnlySpan<DepthLevel> Bids => BidLevels.AsSpan(0, BidCount);
    public ReadOnlySpan<DepthLevel> Asks => AskLevels.AsSpan(0, AskCount);

    /// <summary>The last value of each level that changed, in no order.</summary>
    public ReadOnlySpan<DepthChange> Changes => ChangeList.AsSpan(0, ChangeCount);

    /// <summary>The first trades, one by one; <see cref="Following"/> sums up those that no longer fitted.</summary>
    public ReadOnlySpan<VenueTrade> Trades => TradeList.AsSpan(0, TradeCount);
    public ref readonly TradeSummary Following => ref FollowingTrades;

    public ref readonly PriceRange Bid => ref BidRange;
    public ref readonly PriceRange Ask => ref AskRange;
    public ref readonly PriceRange Last => ref LastRange;

    /// <summary>Where the venue's mark price was in the batch; empty on a venue that has none.</summary>
    public ref readonly PriceRange Mark => ref MarkRange;

    /// <summary>The venue's mark price as of now, from this batch or an earlier one; 0 on a venue that has none.</summary>
    public long MarkPrice { get; internal set; }

    /// <summary>The venue's last trade, from this batch or an earlier one; its price is 0 before the first.</summary>
    public VenueTrade LastTrade { get; internal set; }

    /// <summary>The latest best quote, if any came; its lots are the venue's, whatever users took.</summary>
    public BestQuote Best { get; internal set; }

    /// <summary>The feed's state at the end of the batch, why, and when it was last said.</summary>
    public FeedState State { get; internal set; }
    public string StateReason { get; internal set; } = "";
    public long StateAtMs { get; internal set; }

    /// <summary>When the feed entered this state.</summary>
    public long StateSinceMs { get; internal set; }

    /// <summary>When depth, quote, mark or a sign of life last came: now minus this is the age of the data.</summary>
    public long HeardAtMs { get; internal set; }

    /// <summary>Whether the feed was out of order at any time in the batch, even if it is live again by now.</summary>
    public bool WasInterrupted { get; internal set; }

    /// <summary>When depth was last heard, 0 if it was not.</summary>
    public long DepthAtMs { get; internal set; }

    internal void Reset()
    {
        BidCount = AskCount = ChangeCount = TradeCount = 0;
        FollowingTrades = default;
        BidRange = AskRange = LastRange = MarkRange = default;
        IsEmpty = true;
        HasSnapshot = false;
        WasInterrupted = false;
        Best = default;
        DepthAtMs = 0;
    }
}
