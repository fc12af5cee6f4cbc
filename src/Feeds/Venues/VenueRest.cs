using System.Buffers;
using System.Net;
using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Venues;

/// <summary>Asks a venue's REST interface: few requests at a time, no more than the venue allows, and none while it says to wait.</summary>
internal sealed class VenueRest(HttpClient http, Uri baseAddress, int requestsPerMinute, TimeProvider time) : IDisposable
{
    private const int AtATime = 4;
    private const int MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly SlidingWindow _window = new(requestsPerMinute, TimeSpan.FromMinutes(1));
    private long _notBeforeMs;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<byte[]> GetAsync(string pathAndQuery, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, pathAndQuery, cancellationToken);

    public Task<byte[]> PostAsync(string pathAndQuery, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, pathAndQuery, cancellationToken);

    public void Dispose() => _places.Dispose();

    private async Task<byte[]> SendAsync(HttpMethod method, string pathAndQuery, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await WaitForTurnAsync(cancellationToken);
            using var limit = new CancellationTokenSource(Within, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var request = new HttpRequestMessage(method, new Uri(baseAddress, pathAndQuery));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Heed(response);
            byte[] body = await ReadAsync(response, either.Token);
            if (!response.IsSuccessStatusCode)
                throw new VenueException($"{(int)response.StatusCode} {Start(body)}".TrimEnd());
            return body;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new VenueException($"{baseAddress.Host} did not answer: {exception.Message}", exception);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long wait;
            lock (_window)
            {
                wait = Math.Max(_notBeforeMs - NowMs, _window.WaitMs(NowMs));
                if (wait <= 0 && _window.TryTake(NowMs))
                    return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, wait)), time, cancellationToken);
        }
    }

    /// <summary>A venue that says "too many" means it: whoever goes on is banned.</summary>
    private void Heed(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or (HttpStatusCode)418))
            return;
        var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(30);
        lock (_window)
            _notBeforeMs = NowMs + (long)Math.Min(wait.TotalMilliseconds, WaitMax.TotalMilliseconds);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            int read = await stream.ReadAsync(body.GetMemory(16 * 1024), cancellationToken);
            if (read == 0)
                return body.WrittenSpan.ToArray();
            body.Advance(read);
            if (body.WrittenCount > MaxBytes)
                throw new VenueException($"answered with more than {MaxBytes} bytes");
        }
    }

    private static string Start(byte[] body) => System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)));
}
