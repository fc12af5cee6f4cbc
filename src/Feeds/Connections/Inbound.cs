namespace Exchange.Feeds.Connections;

internal enum InboundKind : byte
{
    /// <summary>Market data, already handed to whom it concerns, or a sign of life.</summary>
    Data = 0,
    Malformed = 1,

    /// <summary>The venue is ready for requests.</summary>
    Welcome = 2,
    Accepted = 3,
    Refused = 4,

    /// <summary>The venue will end the connection soon.</summary>
    GoingAway = 5,
    TokenExpired = 6,
}

/// <summary>What a message was. An answer carries the id of its request, 0 if the venue did not say.</summary>
internal readonly record struct Inbound(InboundKind Kind, long RequestId = 0, string Text = "");
