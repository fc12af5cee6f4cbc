namespace Exchange.Domain.Venue;

/// <summary>How far a market's feed can be trusted. Only depth from a live feed may be executed against.</summary>
public enum FeedState : byte
{
    /// <summary>There is no connection, or nothing was heard yet.</summary>
    Down = 0,
    Live = 1,

    /// <summary>Connected, but silent for longer than the venue ever is.</summary>
    Stale = 2,

    /// <summary>Updates were missed; a fresh snapshot is on its way.</summary>
    Resynchronising = 3,
}
