using System.Diagnostics.Metrics;
using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>How many markets of each venue are in which state, beside the counters of what happened to their feeds.</summary>
internal sealed class FeedGauges : IDisposable
{
    private static readonly FeedState[] States = Enum.GetValues<FeedState>();

    private readonly Meter _meter = new(FeedCounters.MeterName);
    private readonly HashSet<string> _venues = new(StringComparer.Ordinal);
    private readonly Func<IReadOnlyList<FeedStatus>> _statuses;

    public FeedGauges(Func<IReadOnlyList<FeedStatus>> statuses)
    {
        _statuses = statuses;
        _meter.CreateObservableGauge("feed_markets", Count);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>A state that no market is in any more is told as well, with zero.</summary>
    private List<Measurement<int>> Count()
    {
        var statuses = _statuses();
        _venues.UnionWith(statuses.Select(status => status.Venue));
        var counts = statuses.CountBy(status => (status.Venue, status.State)).ToDictionary();
        return [.. _venues.SelectMany(venue => States.Select(state => new Measurement<int>(
            counts.GetValueOrDefault((venue, state)), new("venue", venue), new("state", state.ToString().ToLowerInvariant()))))];
    }
}
