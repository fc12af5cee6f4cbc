namespace Exchange.Feeds.Connections;

internal interface IVenueTransport
{
    Task<IVenueSocket> ConnectAsync(Uri uri, CancellationToken cancellationToken);
}

/// <summary>A connection that carries whole messages.</summary>
internal interface IVenueSocket : IAsyncDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>The next message, valid until the following call; null when the venue closed, for <see cref="CloseReason"/>.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken);

    string CloseReason { get; }
}
