using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests;

/// <summary>Writes down everything it hears, one line a call, and keeps the book.</summary>
internal sealed class RecordingListener : IFeedListener
{
    public List<string> Lines { get; } = [];
    public List<VenueTrade> Trades { get; } = [];
    public List<BestQuote> Bests { get; } = [];
    public List<long> Marks { get; } = [];
    public List<FeedState> States { get; } = [];
    public VenueDepth Book { get; } = new();
    public List<DepthRefusal> Refusals { get; } = [];

    public string Text => string.Join('\n', Lines);

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        Lines.Add($"{atMs} snapshot {string.Join(' ', bids.ToArray())} | {string.Join(' ', asks.ToArray())}");
        Note(Book.ApplySnapshot(bids, asks, atMs));
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        Lines.Add($"{atMs} changes {string.Join(' ', changes.ToArray())}");
        Note(Book.Apply(changes, atMs));
    }

    public void OnTrade(in VenueTrade trade)
    {
        Lines.Add(trade.ToString());
        Trades.Add(trade);
    }

    public void OnBest(in BestQuote best)
    {
        Lines.Add(best.ToString());
        Bests.Add(best);
    }

    public void OnMark(long price, long atMs)
    {
        Lines.Add($"{atMs} mark {price}");
        Marks.Add(price);
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        Lines.Add($"{atMs} {state} {reason}");
        States.Add(state);
        Book.SetState(state, atMs);
    }

    private void Note(DepthRefusal refusal)
    {
        if (refusal != DepthRefusal.None)
            Refusals.Add(refusal);
    }
}
