using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests;

/// <summary>Keeps a book, except while it stumbles over every word about depth.</summary>
internal sealed class StumblingListener : IFeedListener
{
    public bool Stumbles { get; set; }
    public VenueDepth Book { get; } = new();

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        Stumble();
        Book.ApplySnapshot(bids, asks, atMs);
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        Stumble();
        Book.Apply(changes, atMs);
    }

    public void OnTrade(in VenueTrade trade) { }

    public void OnBest(in BestQuote best) { }

    public void OnMark(long price, long atMs) { }

    public void OnState(FeedState state, string reason, long atMs) => Book.SetState(state, atMs);

    private void Stumble()
    {
        if (Stumbles)
            throw new InvalidOperationException("a listener's bug");
    }
}
