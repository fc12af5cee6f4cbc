using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>A signed-up user. Stays the same user when the exchange comes back at another address.</summary>
internal sealed class Trader
{
    private readonly IReachable _exchange;
    private readonly AuthenticationHeaderValue _authorization;

    private Trader(IReachable exchange, string email, SignedUp signedUp)
    {
        _exchange = exchange;
        Email = email;
        _authorization = new AuthenticationHeaderValue("Bearer", signedUp.Token);
    }

    public string Email { get; }
    public string Token => _authorization.Parameter!;
    public Dictionary<string, decimal> Deposits { get; } = [];

    public static async Task<Trader> SignUpAsync(IReachable exchange, string name, params (string Asset, decimal Amount)[] deposits)
    {
        var email = $"{name}@example.com";
        using var response = await exchange.Client.PostAsJsonAsync("/api/v1/user/signup", new { email });
        var trader = new Trader(exchange, email, await ReadAsync<SignedUp>(response));
        foreach (var (asset, amount) in deposits)
            await trader.DepositAsync(asset, amount);
        return trader;
    }

    public async Task DepositAsync(string asset, decimal amount)
    {
        await SendAsync<JsonElement>(HttpMethod.Post, "/api/v1/onramp", new { depositId = $"d{Deposits.Count}", asset, amount });
        Deposits[asset] = Deposits.GetValueOrDefault(asset) + amount;
    }

    public Task<Order> PlaceAsync(NewOrder order) => SendAsync<Order>(HttpMethod.Post, "/api/v1/order", order);

    public Task<Pair> PlacePairAsync(NewPair pair) => SendAsync<Pair>(HttpMethod.Post, "/api/v1/order/oco", pair);

    public Task<Pair> FindPairAsync(string listClientOrderId) =>
        SendAsync<Pair>(HttpMethod.Get, $"/api/v1/order/oco?listClientOrderId={listClientOrderId}");

    public Task<Trigger[]> TriggersAsync() => SendAsync<Trigger[]>(HttpMethod.Get, "/api/v1/triggers");

    public async Task<Order[]> ExecutedTriggersAsync() =>
        (await SendAsync<OrderPage>(HttpMethod.Get, "/api/v1/triggers/executed")).Orders;

    public Task<Order> CancelAsync(string market, string clientOrderId) =>
        SendAsync<Order>(HttpMethod.Delete, "/api/v1/order", new { market, clientOrderId });

    public Task<Order[]> CancelAllAsync() => SendAsync<Order[]>(HttpMethod.Delete, "/api/v1/openOrders");

    public Task<Order[]> OpenOrdersAsync() => SendAsync<Order[]>(HttpMethod.Get, "/api/v1/openOrders");

    /// <summary>Null where the exchange knows no such order.</summary>
    public async Task<Order?> FindAsync(NewOrder order)
    {
        try
        {
            return await SendAsync<Order>(HttpMethod.Get, $"/api/v1/order?market={order.Market}&clientOrderId={order.ClientOrderId}");
        }
        catch (RefusedException refused) when (refused.Code == "UNKNOWN_ORDER")
        {
            return null;
        }
    }

    /// <summary>All own trades of a market.</summary>
    public async Task<OwnTrade[]> TradesAsync(string market)
    {
        var trades = new List<OwnTrade>();
        string? cursor = null;
        do
        {
            var from = cursor is null ? "" : $"&cursor={cursor}";
            var page = await SendAsync<OwnTradePage>(HttpMethod.Get, $"/api/v1/myTrades?market={market}&limit=1000{from}");
            trades.AddRange(page.Trades);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return [.. trades];
    }

    public async Task<Dictionary<string, Balance>> BalancesAsync()
    {
        var balances = await SendAsync<Balance[]>(HttpMethod.Get, "/api/v1/balances");
        return balances.ToDictionary(balance => balance.Asset);
    }

    public async Task<Balance> BalanceAsync(string asset) =>
        (await BalancesAsync()).GetValueOrDefault(asset) ?? new Balance(asset, 0, 0);

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = _authorization;
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Wire.Json);
        using var response = await _exchange.Client.SendAsync(request);
        return await ReadAsync<T>(response);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode)
            return JsonSerializer.Deserialize<T>(text, Wire.Json) ?? throw new InvalidDataException($"Empty answer: {text}");
        throw new RefusedException(response.StatusCode, CodeOf(text), text);
    }

    /// <summary>The engine's envelope has the code beside its error.</summary>
    private static string CodeOf(string text)
    {
        using var answer = JsonDocument.Parse(text.Length > 0 ? text : "{}");
        var holder = answer.RootElement.TryGetProperty("error", out var error)
            && error.ValueKind == JsonValueKind.Object ? error : answer.RootElement;
        return holder.TryGetProperty("code", out var code) ? code.GetString()! : "";
    }
}
