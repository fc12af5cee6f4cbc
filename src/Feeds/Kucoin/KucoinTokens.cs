using System.Text.Json;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>Fetches the token that a connection needs, keeps it while the venue accepts it, and fetches it once for all.</summary>
internal sealed class KucoinTokens(VenueRest rest, TimeProvider time, FeedCounters counters)
{
    /// <summary>A token lasts 24 hours.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(22);

    private readonly SemaphoreSlim _one = new(1);
    private Token? _token;
    private int _lastConnect;

    private sealed record Token(string Text, Uri Endpoint, TimeSpan PingEvery, DateTimeOffset Until);

    public async ValueTask<VenueAddress> AddressAsync(CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        string query = $"token={Uri.EscapeDataString(token.Text)}&connectId={Interlocked.Increment(ref _lastConnect)}";
        var address = new UriBuilder(token.Endpoint) { Query = query };
        return new VenueAddress(address.Uri, Welcomes: true, token.PingEvery);
    }

    public void Forget() => Volatile.Write(ref _token, null);

    private async Task<Token> TokenAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _token) is { } known && time.GetUtcNow() < known.Until)
                return known;
            byte[] answer = await rest.PostAsync("/api/v1/bullet-public", cancellationToken);
            var token = KucoinRest.Read(answer, data => ReadToken(data, time.GetUtcNow() + KeepFor));
            counters.Add(FeedEvent.TokenFetched);
            Volatile.Write(ref _token, token);
            return token;
        }
        finally
        {
            _one.Release();
        }
    }

    private static Token ReadToken(JsonElement data, DateTimeOffset until)
    {
        var server = data.GetProperty("instanceServers")[0];
        return new Token(
            data.GetProperty("token").GetString()!,
            new Uri(server.GetProperty("endpoint").GetString()!),
            TimeSpan.FromMilliseconds(server.GetProperty("pingInterval").GetInt32()),
            until);
    }
}
