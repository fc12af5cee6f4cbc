using System.Buffers;

namespace Exchange.Feeds.Connections;

/// <summary>
/// Where to connect, whether requests have to wait for a greeting, and how often the venue wants an application-level
/// ping (zero for never).
/// </summary>
internal sealed record VenueAddress(Uri Uri, bool Welcomes, TimeSpan PingEvery);

/// <summary>How a venue's messages read and are written; it knows nothing of sockets and time.</summary>
internal interface IVenueProtocol
{
    ConnectionRules Rules { get; }

    /// <summary>The channels every symbol is subscribed to.</summary>
    IReadOnlyList<string> Channels { get; }

    ValueTask<VenueAddress> LocateAsync(CancellationToken cancellationToken);

    /// <summary>The venue no longer accepts the token of the address.</summary>
    void ForgetToken();

    /// <summary>Writes one request for as many of the leading topics as one message may name, and answers how many.</summary>
    int WriteRequest(IBufferWriter<byte> into, long id, bool subscribe, ReadOnlySpan<VenueTopic> topics);

    /// <summary>A request that changes nothing and that a living venue answers.</summary>
    void WriteProbe(IBufferWriter<byte> into, long id);

    /// <summary>Readers keep scratch space, so every connection has its own.</summary>
    IVenueReader CreateReader(int connection);
}

internal interface IVenueReader
{
    Inbound Read(ReadOnlySpan<byte> message);
}
