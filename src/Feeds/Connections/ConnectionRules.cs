namespace Exchange.Feeds.Connections;

/// <summary>What a venue allows and expects of a connection, and how long we wait for it.</summary>
internal sealed record ConnectionRules
{
    public required int MessagesPerWindow { get; init; }
    public required TimeSpan MessageWindow { get; init; }
    public required int TopicsPerConnection { get; init; }
    public required int ConnectsPerWindow { get; init; }
    public required TimeSpan ConnectWindow { get; init; }

    /// <summary>After which silence we ask for a sign of life.</summary>
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After which silence the data counts as stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>After which silence, our questions included, a connection counts as dead.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(6);

    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After which age a connection is replaced, well before the venue ends it after 24 hours.</summary>
    public TimeSpan ReplaceAfter { get; init; } = TimeSpan.FromHours(23);

    /// <summary>How long old and new connection both deliver, so that what is on its way on the old one still arrives.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromMilliseconds(500);
    public TimeSpan BackoffLongest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted this long was a good one: the next failure starts with short waits again.</summary>
    public TimeSpan GoodAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When a topic that the venue refused is tried again.</summary>
    public TimeSpan RetryRefusedAfter { get; init; } = TimeSpan.FromMinutes(5);

    public int MalformedPerWindow { get; init; } = 50;
    public TimeSpan MalformedWindow { get; init; } = TimeSpan.FromSeconds(10);
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;
}
