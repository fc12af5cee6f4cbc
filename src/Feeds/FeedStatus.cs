using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>How a subscribed market's feed is doing; now minus the time it was last heard is the age of its data.</summary>
public sealed record FeedStatus(string Venue, string Symbol, FeedState State, string Reason, long SinceMs, long HeardAtMs);
