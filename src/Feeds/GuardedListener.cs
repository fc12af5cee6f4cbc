using System.Numerics;
using Exchange.Domain;
using Exchange.Domain.Venue;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds;

/// <summary>
/// Keeps a listener's exceptions from the feed and from the other listeners. One that failed over depth may have missed
/// a level, so it needs a snapshot before it can go on.
/// </summary>
internal sealed class GuardedListener(IFeedListener inner, string symbol, ILogger logger) : IFeedListener
{
    private uint _failures;

    public IFeedListener Inner => inner;
    public bool NeedsSnapshot { get; private set; }
    public bool IsDrained => inner is not IDrainedListener { IsDrained: false };

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        try
        {
            inner.OnDepthSnapshot(bids, asks, atMs);
            NeedsSnapshot = false;
        }
        catch (Exception exception)
        {
            NeedsSnapshot = true;
            Failed(exception);
        }
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        try
        {
            inner.OnDepthChanges(changes, atMs);
        }
        catch (Exception exception)
        {
            NeedsSnapshot = true;
            Failed(exception);
        }
    }

    public void OnTrade(in VenueTrade trade)
    {
        try
        {
            inner.OnTrade(trade);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    public void OnBest(in BestQuote best)
    {
        try
        {
            inner.OnBest(best);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    public void OnMark(long price, long atMs)
    {
        try
        {
            inner.OnMark(price, atMs);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        try
        {
            inner.OnState(state, reason, atMs);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    /// <summary>The first failure is logged, then the 2nd, 4th, 8th: a feed speaks too often to log them all.</summary>
    private void Failed(Exception exception)
    {
        _failures++;
        if (BitOperations.IsPow2(_failures))
            Log.ListenerFailed(logger, symbol, _failures, exception);
    }
}
