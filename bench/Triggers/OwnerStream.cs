using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Exchange.Bench.Triggers;

/// <summary>An account's own stream, which tells of each position once its close is durable on the account.</summary>
internal sealed class OwnerStream(DetectVenue venue, ConcurrentQueue<double> delaysMs) : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];

    public async Task ConnectAsync(Uri silo, string token)
    {
        _socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await _socket.ConnectAsync(new Uri($"ws://{silo.Authority}/ws"), CancellationToken.None);
        var subscribe = """{"method":"SUBSCRIBE","params":["user"],"id":1}"""u8.ToArray();
        await _socket.SendAsync(subscribe, WebSocketMessageType.Text, true, CancellationToken.None);
        var answer = Encoding.UTF8.GetString(await ReceiveAsync());
        if (!answer.Contains("\"result\":null", StringComparison.Ordinal))
            throw new InvalidOperationException(answer);
    }

    public async Task ReadAsync()
    {
        try
        {
            while (true)
                Note(await ReceiveAsync());
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Note(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"x\":\"CLOSED\""u8) < 0)
            return;
        var json = new Utf8JsonReader(message);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("level"u8) && json.Read())
                delaysMs.Enqueue(venue.Since(decimal.Parse(json.GetString()!, System.Globalization.CultureInfo.InvariantCulture)).TotalMilliseconds);
        }
    }

    private async Task<byte[]> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new WebSocketException("closed by the server");
            length += part.Count;
            if (part.EndOfMessage)
                return _buffer[..length];
        }
    }
}
