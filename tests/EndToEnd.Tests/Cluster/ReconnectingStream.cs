using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>A client's own stream as the page keeps it: a socket through the proxy, and another one whenever it ends.</summary>
internal sealed class ReconnectingStream : IAsyncDisposable
{
    private static readonly TimeSpan BeforeReconnect = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<string> _heard = [];
    private readonly Task _running;
    private int _connections;

    public ReconnectingStream(Uri exchange, Trader trader)
    {
        var address = new UriBuilder(exchange) { Scheme = "ws", Path = "/ws" }.Uri;
        _running = RunAsync(address, trader.Token);
    }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>
    /// Orders are placed until one is heard of; answers with how many that took. What was said while it was away is not said
    /// again.
    /// </summary>
    public async Task<int> HearsOfNewOrdersAsync(Trader trader, TimeSpan patience)
    {
        var orders = 0;
        await Eventually.HoldsAsync(async () =>
        {
            var order = NewOrder.Limit("TATA_INR", "buy", 50m, 1, $"{Guid.NewGuid():N}");
            orders++;
            if (_running.IsFaulted)
                await _running;
            Assert.True(await IsPlacedAsync(trader, order), "An order got no answer.");
            await Eventually.HoldsAsync(() =>
            {
                Assert.True(HasHeardOf(order.ClientOrderId), "Nothing was heard of an order.");
                return Task.CompletedTask;
            }, TimeSpan.FromSeconds(2));
        }, patience);
        return orders;
    }

    private static async Task<bool> IsPlacedAsync(Trader trader, NewOrder order)
    {
        try
        {
            await trader.PlaceAsync(order);
            return true;
        }
        catch (Exception e) when (e is RefusedException { LeavesOutcomeOpen: true } or HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(Uri address, string token)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(address, token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The silo behind it is gone, or nobody listens any more.
            }

            await Task.Delay(BeforeReconnect);
        }
    }

    private async Task ListenAsync(Uri address, string token)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, _stopping.Token);
        await SendAsync(socket, new { method = "AUTH", @params = new[] { token }, id = 1 });
        await SendAsync(socket, new { method = "SUBSCRIBE", @params = new[] { "user" }, id = 2 });
        Interlocked.Increment(ref _connections);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), _stopping.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close || !Hear(buffer.AsMemory(0, length)))
                return;
        }
    }

    /// <summary>False where the exchange said that it is not ready for this client yet.</summary>
    private bool Hear(ReadOnlyMemory<byte> message)
    {
        using var parsed = JsonDocument.Parse(message);
        if (parsed.RootElement.TryGetProperty("error", out _))
            return false;
        if (!parsed.RootElement.TryGetProperty("data", out var data))
            return true;
        var order = data.TryGetProperty("order", out var nested) ? nested : data;
        if (order.TryGetProperty("clientOrderId", out var id) && id.GetString() is { } heard)
        {
            lock (_heard)
                _heard.Add(heard);
        }

        return true;
    }

    private bool HasHeardOf(string clientOrderId)
    {
        lock (_heard)
            return _heard.Contains(clientOrderId);
    }

    private Task SendAsync(ClientWebSocket socket, object command) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(command)), WebSocketMessageType.Text, true, _stopping.Token);
}
