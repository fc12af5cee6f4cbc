using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Exchange.Api.Tests.Streams;

/// <summary>A socket of a test. The deadline only bounds a failure.</summary>
public sealed class StreamClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];

    public WebSocketCloseStatus? ClosedWith => _socket.CloseStatus;

    public static Task<StreamClient> ConnectAsync(ApiHost host, string? token = null, params (string Name, string Value)[] headers) =>
        ConnectAsync(host, token, "", headers);

    public static async Task<StreamClient> ConnectAsync(ApiHost host, string? token, string query, params (string Name, string Value)[] headers)
    {
        var client = new StreamClient();
        foreach (var (name, value) in headers)
            client._socket.Options.SetRequestHeader(name, value);
        if (token is not null)
            client._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await client._socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/ws?{query}"), default);
        return client;
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) => _socket.SendAsync(message, type, true, default);

    /// <summary>The text of the next message; null where the other side closed instead.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Deadline);
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    public async Task<string?> AskAsync(string message)
    {
        await SendAsync(message);
        return await ReceiveAsync();
    }

    public async Task<string> CodeOfAsync(string message) =>
        JsonDocument.Parse((await AskAsync(message))!).RootElement.GetProperty("error").GetProperty("code").GetString()!;

    public void Dispose() => _socket.Dispose();
}
