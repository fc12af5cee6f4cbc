using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Exchange.VenueSimulator;

/// <summary>KuCoin's public market data, spot and futures, as its documentation describes it, with faults on command.</summary>
public sealed class KucoinSimulator(TimeProvider time) : IAsyncDisposable
{
    public const decimal Multiplier = 0.001m;

    private const int MessagesPerTenSeconds = 100;
    private const int SymbolsPerRequest = 100;

    private readonly ConcurrentDictionary<string, VenueBook> _books = new();
    private readonly ConcurrentDictionary<VenueClient, bool> _clients = new();
    private readonly ConcurrentDictionary<string, bool> _unsupported = new();
    private VenueHost _host = null!;
    private int _tokens;
    private int _validToken;
    private int _connects;
    private int _pings;

    public Faults Faults { get; } = new();
    public Uri Http => _host.Http;
    public IReadOnlyCollection<VenueClient> Clients => [.. _clients.Keys];
    public int Connects => Volatile.Read(ref _connects);
    public int TokensGiven => Volatile.Read(ref _tokens);
    public int Pings => Volatile.Read(ref _pings);
    public int PingIntervalMs { get; set; } = 18_000;
    public ConcurrentQueue<string> Violations { get; } = new();

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<KucoinSimulator> StartAsync(TimeProvider time)
    {
        var simulator = new KucoinSimulator(time);
        simulator._host = await VenueHost.StartAsync(simulator.Map);
        return simulator;
    }

    public VenueBook Add(string symbol, decimal middle, decimal tick, decimal lot, int levels = 50, int seed = 1) =>
        _books.GetOrAdd(symbol, name => new VenueBook(name, middle, tick, lot, levels, seed));

    public VenueBook Book(string symbol) => _books[symbol];

    public bool IsSubscribed(string topic) => _clients.Keys.Any(client => client.Wants(topic));

    /// <summary>Requests for this symbol are answered with error 415.</summary>
    public void Unsupport(string symbol) => _unsupported[symbol] = true;

    public void Support(string symbol) => _unsupported.TryRemove(symbol, out _);

    /// <summary>Tokens given so far are no longer accepted.</summary>
    public void ExpireTokens() => Volatile.Write(ref _validToken, Volatile.Read(ref _tokens) + 1);

    public void ExpireTokensOnOpenConnections()
    {
        ExpireTokens();
        SendToAll("""{"id":"0","type":"error","code":401,"data":"token is expired"}""");
    }

    /// <summary>Changes a spot book and sends its best fifty levels.</summary>
    public void StepSpot(string symbol, int changes = 4)
    {
        var book = _books[symbol];
        lock (book)
        {
            book.Step(changes);
            book.LastId++;
            SendBook(symbol);
        }
    }

    public void SendBook(string symbol)
    {
        var book = _books[symbol];
        string topic = $"/spotMarket/level2Depth50:{symbol}";
        Publish(topic, "level2", $$"""{"asks":[{{Levels(book.Asks, 50)}}],"bids":[{{Levels(book.Bids, 50)}}],"timestamp":{{NowMs + book.LastId}}}""");
    }

    public void SendCrossedBook(string symbol) => Publish(
        $"/spotMarket/level2Depth50:{symbol}", "level2",
        $$"""{"asks":[["1.0","5"]],"bids":[["2.0","5"]],"timestamp":{{NowMs + 1_000_000}}}""");

    public void TradeSpot(string symbol, long id, string price, string size, string side) => Publish(
        $"/market/match:{symbol}", "trade.l3match",
        $$"""
        {"sequence":"{{id}}","type":"match","symbol":"{{symbol}}","side":"{{side}}","price":"{{price}}","size":"{{size}}",
        "tradeId":"{{id}}","takerOrderId":"5c0b520032eba53a888fd01e","makerOrderId":"5c0b520032eba53a888fd01f",
        "time":"{{NowMs}}000000"}
        """);

    public void TickerSpot(string symbol, long sequence, string bid, string ask) => Publish(
        $"/market/ticker:{symbol}", "trade.ticker",
        $$"""
        {"sequence":"{{sequence}}","price":"{{bid}}","size":"0.1","bestAsk":"{{ask}}","bestAskSize":"0.5",
        "bestBid":"{{bid}}","bestBidSize":"0.25","time":{{NowMs}}}
        """);

    /// <summary>Changes a futures book; every change of a level is a message with a sequence of its own.</summary>
    public void StepFutures(string symbol, int changes = 4)
    {
        var book = _books[symbol];
        lock (book)
        {
            foreach (var change in book.Step(changes))
            {
                book.LastId++;
                if (Faults.SkipsDiff())
                    continue;
                SendChange(book, change);
                if (Faults.DuplicatesDiff())
                    SendChange(book, change);
            }
        }
    }

    public void TradeFutures(string symbol, long sequence, string price, int contracts, string side) => Publish(
        $"/contractMarket/execution:{symbol}", "match",
        $$"""
        {"symbol":"{{symbol}}","sequence":{{sequence}},"side":"{{side}}","size":{{contracts}},"price":"{{price}}",
        "takerOrderId":"a","makerOrderId":"b","tradeId":"{{sequence}}","ts":{{NowMs}}000000}
        """);

    public void TickerFutures(string symbol, long sequence, string bid, string ask) => Publish(
        $"/contractMarket/tickerV2:{symbol}", "tickerV2",
        $$"""{"symbol":"{{symbol}}","sequence":{{sequence}},"bestBidSize":7,"bestBidPrice":"{{bid}}","bestAskPrice":"{{ask}}","bestAskSize":9"""
            + $$""","ts":{{NowMs}}000000}""");

    public void Mark(string symbol, string price) => Publish(
        $"/contract/instrument:{symbol}", "mark.index.price",
        $$"""{"granularity":1000,"indexPrice":{{price}},"markPrice":{{price}},"timestamp":{{NowMs}}}""");

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

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void SendChange(VenueBook book, VenueBook.Change change) => Publish(
        $"/contractMarket/level2:{book.Symbol}", "level2",
        $$"""
        {"sequence":{{book.LastId}},"change":"{{Number(change.Price)}},{{(change.IsBid ? "buy" : "sell")}},{{Number(change.Quantity)}}",
        "timestamp":{{NowMs}}}
        """);

    private void Publish(string topic, string subject, string data)
    {
        if (Faults.Silent)
            return;
        string message = $$"""{"topic":"{{topic}}","type":"message","subject":"{{subject}}","data":{{data}}}""";
        foreach (var client in _clients.Keys.Where(client => client.Wants(topic)))
            client.Socket.Send(message);
    }

    private static string Levels(IReadOnlyList<(decimal Price, decimal Quantity)> levels, int limit) => string.Join(
        ',', levels.Take(limit).Select(level => $"[\"{Number(level.Price)}\",\"{Number(level.Quantity)}\"]"));

    private static string Number(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private void Map(WebApplication app)
    {
        app.MapPost("/api/v1/bullet-public", GiveToken);
        app.MapGet("/api/v1/contracts/active", () => Data($"[{string.Join(',', _books.Keys.Order().Select(KucoinHistory.Contract))}]"));
        app.MapGet("/api/v2/symbols", () => Data($"[{string.Join(',', _books.Keys.Order().Select(KucoinHistory.Symbol))}]"));
        app.MapGet("/api/v1/level2/snapshot", (string symbol) => Snapshot(symbol));
        app.MapGet("/api/v1/market/candles", (long startAt, long endAt) => Data(KucoinHistory.SpotCandles(startAt, endAt)));
        app.MapGet("/api/v1/kline/query", (long from, long to) => Data(KucoinHistory.FuturesCandles(from, to)));
        app.MapGet("/endpoint", ServeAsync);
    }

    private IResult GiveToken()
    {
        if (Faults.FailsRequest())
            return Results.StatusCode(503);
        int token = Interlocked.Increment(ref _tokens);
        return Data($$"""
            {"token":"token{{token}}","instanceServers":[{"endpoint":"{{_host.Ws}}endpoint","encrypt":false,
            "protocol":"websocket","pingInterval":{{PingIntervalMs}},"pingTimeout":10000}]}
            """);
    }

    private IResult Snapshot(string symbol)
    {
        if (Faults.FailsRequest())
            return Results.StatusCode(503);
        var book = _books[symbol];
        lock (book)
        {
            return Data($$"""
                {"symbol":"{{symbol}}","sequence":{{book.LastId}},"asks":[{{Levels(book.Asks, 500)}}],
                "bids":[{{Levels(book.Bids, 500)}}],"ts":{{NowMs}}000000}
                """);
        }
    }

    private static IResult Data(string data) => Results.Content($$"""{"code":"200000","data":{{data}}}""", "application/json");

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _connects);
        var client = new VenueClient(await VenueSocket.AcceptAsync(context));
        string token = context.Request.Query["token"].ToString();
        string connectId = context.Request.Query["connectId"].ToString();
        if (int.Parse(token["token".Length..], CultureInfo.InvariantCulture) < Volatile.Read(ref _validToken))
        {
            client.Socket.Send($$"""{"id":"{{connectId}}","type":"error","code":401,"data":"token is expired"}""");
            await client.Socket.ReceiveAsync();
            return;
        }
        _clients[client] = true;
        client.Socket.Send($$"""{"id":"{{connectId}}","type":"welcome"}""");
        while (await client.Socket.ReceiveAsync() is { } request)
            Answer(client, request);
        _clients.TryRemove(client, out _);
    }

    private void Answer(VenueClient client, string request)
    {
        if (client.SpeaksTooOften(time.GetUtcNow(), MessagesPerTenSeconds, TimeSpan.FromSeconds(10)))
            Violations.Enqueue("more than 100 messages in ten seconds");
        if (Faults.Silent)
            return;
        var json = JsonNode.Parse(request)!;
        string id = (string)json["id"]!;
        string type = (string)json["type"]!;
        if (type == "ping")
        {
            Interlocked.Increment(ref _pings);
            if (Faults.LosesPings)
                return;
            client.Socket.Send($$"""{"id":"{{id}}","type":"pong"}""");
            return;
        }
        string topic = (string)json["topic"]!;
        int colon = topic.IndexOf(':', StringComparison.Ordinal);
        string[] symbols = topic[(colon + 1)..].Split(',');
        if (symbols.Length > SymbolsPerRequest)
            Violations.Enqueue("more than 100 topics in a message");
        if (symbols.Any(_unsupported.ContainsKey))
        {
            client.Socket.Send($$"""{"id":"{{id}}","type":"error","code":415,"data":"type is not supported"}""");
            return;
        }
        var topics = symbols.Select(symbol => topic[..(colon + 1)] + symbol).ToArray();
        if (type == "subscribe")
            client.Add(topics);
        else
            client.Remove(topics);
        if (client.TopicCount > 100)
            Violations.Enqueue("more than 100 topics on a connection");
        client.Socket.Send($$"""{"id":"{{id}}","type":"ack"}""");
    }
}
