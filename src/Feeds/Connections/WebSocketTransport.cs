using System.Net.WebSockets;

namespace Exchange.Feeds.Connections;

/// <summary>The framework's WebSocket client. It answers the venue's protocol-level pings by itself while we receive.</summary>
internal sealed class WebSocketTransport(int maxMessageBytes) : IVenueTransport
{
    public async Task<IVenueSocket> ConnectAsync(Uri uri, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(uri, cancellationToken);
            return new Socket(socket, maxMessageBytes);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Socket(ClientWebSocket socket, int maxMessageBytes) : IVenueSocket
    {
        private const int FirstSize = 16 * 1024;

        private byte[] _buffer = new byte[FirstSize];

        public string CloseReason { get; private set; } = "";

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
        {
            int length = 0;
            while (true)
            {
                if (length == _buffer.Length)
                    Grow();
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    CloseReason = $"closed by the venue: {socket.CloseStatus} {socket.CloseStatusDescription}".TrimEnd();
                    return null;
                }
                length += part.Count;
                if (part.EndOfMessage)
                    return _buffer.AsMemory(0, length);
            }
        }

        public ValueTask DisposeAsync()
        {
            // Nothing is owed to a venue that only sends: a polite close would wait for one that may be gone.
            socket.Abort();
            socket.Dispose();
            return default;
        }

        private void Grow()
        {
            if (_buffer.Length >= maxMessageBytes)
                throw new InvalidDataException($"The venue sent a message of more than {maxMessageBytes} bytes.");
            Array.Resize(ref _buffer, Math.Min(maxMessageBytes, _buffer.Length * 2));
        }
    }
}
