namespace Exchange.Feeds.Connections;

/// <summary>
/// Who needs a symbol's topics. The calls come one at a time, under the manager's lock, so they must not call back.
/// </summary>
internal interface ITopicUser
{
    /// <summary>From now on this connection is asked for the symbol, and data may come.</summary>
    void Joining(int connection);

    /// <summary>The venue has confirmed all topics: nothing that happens from now on is missed.</summary>
    void Joined(int connection);

    /// <summary>Another connection, which has delivered the same for a while, takes over.</summary>
    void Switched(int connection);

    void Silent(string reason);

    void Lost(string reason);

    void Refused(string reason);

    /// <summary>The connection was heard at this time, though perhaps not about this symbol.</summary>
    void Alive(long heardAtMs);
}
