using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests;

internal sealed class ThrowingListener : IFeedListener
{
    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs) => Throw();

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs) => Throw();

    public void OnTrade(in VenueTrade trade) => Throw();

    public void OnBest(in BestQuote best) => Throw();

    public void OnMark(long price, long atMs) => Throw();

    public void OnState(FeedState state, string reason, long atMs) => Throw();

    private static void Throw() => throw new InvalidOperationException("a listener's bug");
}
