using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Exchange.VenueSimulator;

/// <summary>Binance's spot market data as its documentation describes it, on loopback, with faults on command.</summary>
public sealed class BinanceSimulator(TimeProvider time) : IAsyncDisposable
{
    private const int MessagesPerSecond = 5;
    private const int TopicsMax = 1024;
    private const int OldSnapshotsKept = 6;

    private readonly ConcurrentDictionary<string, VenueBook> _books = new();
    private readonly ConcurrentDictionary<string, Queue<string>> _oldSnapshots = new();
    private readonly ConcurrentDictionary<VenueClient, bool> _clients = new();
    private VenueHost _host = null!;
    private int _connects;
    private int _depthRequests;

    public Faults Faults { get; } = new();
    public Uri Http => _host.Http;
    public Uri Ws => _host.Ws;
    public IReadOnlyCollection<VenueClient> Clients => [.. _clients.Keys];
    public int Connects => Volatile.Read(ref _connects);
    public int DepthRequests => Volatile.Read(ref _depthRequests);

    /// <summary>What clients did that the venue forbids.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    public static async Task<BinanceSimulator> StartAsync(TimeProvider time)
    {
        var simulator = new BinanceSimulator(time);
        simulator._host = await VenueHost.StartAsync(simulator.Map);
        return simulator;
    }

    public VenueBook Add(string symbol, decimal middle, decimal tick = 0.01m, decimal lot = 0.00001m, int levels = 50, int seed = 1) =>
        _books.GetOrAdd(symbol, name => new VenueBook(name, middle, tick, lot, levels, seed));

    public VenueBook Book(string symbol) => _books[symbol];

    public bool IsSubscribed(string symbol) => _clients.Keys.Any(client => client.Wants(Stream(symbol, "@depth@100ms")));

    /// <summary>Changes the book and tells who listens.</summary>
    public void Step(string symbol, int changes = 4)
    {
        foreach (string diff in NextDiffs(symbol, changes))
            Publish(Stream(symbol, "@depth@100ms"), diff);
    }

    /// <summary>Two changes of the book of which the clients hear the second one first.</summary>
    public void StepReordered(string symbol)
    {
        string first = NextDiffs(symbol, 4)[0];
        string second = NextDiffs(symbol, 4)[0];
        Publish(Stream(symbol, "@depth@100ms"), second);
        Publish(Stream(symbol, "@depth@100ms"), first);
    }

    /// <summary>Numbers and sends changes that never happened to the book.</summary>
    public void SendLie(string symbol, params VenueBook.Change[] changes)
    {
        var book = _books[symbol];
        string diff;
        lock (book)
            diff = Diff(book, changes);
        Publish(Stream(symbol, "@depth@100ms"), diff);
    }

    /// <summary>Real changes that come as a message cut in half.</summary>
    public void StepHalf(string symbol)
    {
        string diff = NextDiffs(symbol, 4)[0];
        Publish(Stream(symbol, "@depth@100ms"), diff[..(diff.Length / 2)]);
    }

    /// <summary>Real changes in one message of several frames.</summary>
    public void StepInPieces(string symbol)
    {
        string diff = NextDiffs(symbol, 4)[0];
        foreach (var client in ClientsOf(Stream(symbol, "@depth@100ms")))
            client.Socket.SendInPieces(diff[..3], diff[3..40], diff[40..]);
    }

    public void Trade(string symbol, string price, string quantity, bool isBuyerMaker = false)
    {
        var book = _books[symbol];
        long id;
        lock (book)
            id = ++book.LastTradeId;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        string maker = isBuyerMaker ? "true" : "false";
        Publish(
            Stream(symbol, "@aggTrade"),
            $$"""
            {"e":"aggTrade","E":{{now}},"s":"{{symbol}}","a":{{id}},"p":"{{price}}","q":"{{quantity}}",
            "f":{{id}},"l":{{id}},"T":{{now}},"m":{{maker}},"M":true}
            """);
    }

    public void Best(string symbol)
    {
        var book = _books[symbol];
        lock (book)
            Best(symbol, book.LastId, VenueBook.Text(book.BestBid), VenueBook.Text(book.BestAsk));
    }

    public void Best(string symbol, long id, string bid, string ask) => Publish(
        Stream(symbol, "@bookTicker"),
        $$"""{"u":{{id}},"s":"{{symbol}}","b":"{{bid}}","B":"1.50000000","a":"{{ask}}","A":"2.50000000"}""");

    public void Publish(string stream, string message)
    {
        foreach (var client in ClientsOf(stream))
            client.Socket.Send(message);
    }

    public void SendToAll(string message)
    {
        foreach (var client in _clients.Keys)
            client.Socket.Send(message);
    }

    public void DropConnections()
    {
        foreach (var client in _clients.Keys)
            client.Socket.Abort();
    }

    public void PingAll(string payload)
    {
        foreach (var client in _clients.Keys)
            client.Socket.SendPing(payload);
    }

    /// <summary>What the venue does a minute after its ping.</summary>
    public void DropThoseWithoutPong(string payload)
    {
        foreach (var client in _clients.Keys.Where(client => Faults.LosesPings || !client.Socket.Pongs.Contains(payload)))
            client.Socket.Abort();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string Stream(string symbol, string channel) => symbol.ToLowerInvariant() + channel;

    private IEnumerable<VenueClient> ClientsOf(string stream) =>
        Faults.Silent ? [] : _clients.Keys.Where(client => client.Wants(stream));

    private string[] NextDiffs(string symbol, int changes)
    {
        var book = _books[symbol];
        lock (book)
        {
            var old = _oldSnapshots.GetOrAdd(symbol, _ => new Queue<string>());
            old.Enqueue(Snapshot(book, int.MaxValue));
            if (old.Count > OldSnapshotsKept)
                old.Dequeue();
            string diff = Diff(book, book.Step(changes));
            if (Faults.SkipsDiff())
                return [];
            return Faults.DuplicatesDiff() ? [diff, diff] : [diff];
        }
    }

    private string Diff(VenueBook book, IReadOnlyCollection<VenueBook.Change> changes)
    {
        long first = book.LastId + 1;
        book.LastId += Math.Max(1, changes.Count);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return $$"""
            {"e":"depthUpdate","E":{{now}},"s":"{{book.Symbol}}","U":{{first}},"u":{{book.LastId}},
            "b":[{{Levels(changes, true)}}],"a":[{{Levels(changes, false)}}]}
            """;
    }

    private static string Levels(IEnumerable<VenueBook.Change> changes, bool bids) => string.Join(
        ',', changes.Where(change => change.IsBid == bids).Select(change => Level(change.Price, change.Quantity)));

    private static string Level(decimal price, decimal quantity) => $"[\"{VenueBook.Text(price)}\",\"{VenueBook.Text(quantity)}\"]";

    private static string Snapshot(VenueBook book, int limit) =>
        $$"""{"lastUpdateId":{{book.LastId}},"bids":[{{Levels(book.Bids, limit)}}],"asks":[{{Levels(book.Asks, limit)}}]}""";

    private static string Levels(IReadOnlyList<(decimal Price, decimal Quantity)> levels, int limit) =>
        string.Join(',', levels.Take(limit).Select(level => Level(level.Price, level.Quantity)));

    private void Map(WebApplication app)
    {
        app.MapGet("/api/v3/depth", (string symbol, int limit) => Depth(symbol, limit));
        app.MapGet("/api/v3/klines", (string symbol, string interval, long startTime, long endTime, int limit) =>
            Results.Content(BinanceHistory.Klines(startTime, endTime, limit), "application/json"));
        app.MapGet("/api/v3/exchangeInfo", () => Faults.FailsRequest()
            ? Results.StatusCode(503)
            : Results.Content(BinanceHistory.ExchangeInfo(_books.Keys), "application/json"));
        app.MapGet("/ws", ServeAsync);
    }

    private IResult Depth(string symbol, int limit)
    {
        Interlocked.Increment(ref _depthRequests);
        if (Faults.FailsRequest())
            return Results.StatusCode(503);
        if (!_books.TryGetValue(symbol, out var book))
            return Results.Content("""{"code":-1121,"msg":"Invalid symbol."}""", "application/json", statusCode: 400);
        lock (book)
        {
            bool isOld = _oldSnapshots.TryGetValue(symbol, out var old) && Faults.GivesOldSnapshot();
            return Results.Content(isOld ? old!.Peek() : Snapshot(book, limit), "application/json");
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _connects);
        if (Faults.RefusesConnection())
        {
            context.Response.StatusCode = 503;
            return;
        }
        var client = new VenueClient(await VenueSocket.AcceptAsync(context));
        _clients[client] = true;
        while (await client.Socket.ReceiveAsync() is { } request)
            Answer(client, request);
        _clients.TryRemove(client, out _);
    }

    private void Answer(VenueClient client, string request)
    {
        if (client.SpeaksTooOften(time.GetUtcNow(), MessagesPerSecond, TimeSpan.FromSeconds(1)))
        {
            Violations.Enqueue("more than 5 messages in a second");
            client.Socket.Abort();
            return;
        }
        if (Faults.Silent)
            return;
        var json = JsonNode.Parse(request)!;
        string method = (string)json["method"]!;
        string[] streams = json["params"] is JsonArray names ? [.. names.Select(name => (string)name!)] : [];
        string result = "null";
        if (method == "SUBSCRIBE")
            client.Add(streams);
        else if (method == "UNSUBSCRIBE")
            client.Remove(streams);
        else if (method == "LIST_SUBSCRIPTIONS")
            result = JsonSerializer.Serialize(client.Topics);
        if (client.TopicCount > TopicsMax)
            Violations.Enqueue("more than 1024 streams on a connection");
        client.Socket.Send($$"""{"result":{{result}},"id":{{json["id"]!.ToJsonString()}}}""");
    }
}
