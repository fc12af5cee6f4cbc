using System.Text.Json;
using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Exchange.Feeds.Connections;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds.Venues;

/// <summary>A real venue's market data: sessions for the markets, one connection manager for all, snapshots over REST.</summary>
public sealed class VenueFeed : IMarketFeed, IVenueCatalog, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly IVenue _venue;
    private readonly ConnectionManager _connections;
    private readonly IVenueMarketCache? _cache;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();

    internal VenueFeed(
        IVenue venue,
        IVenueTransport transport,
        FeedCounters counters,
        IVenueMarketCache? cache,
        TimeProvider time,
        Random jitter,
        ILogger logger)
    {
        (_venue, _cache, _time, _jitter, _logger) = (venue, cache, time, jitter, logger);
        Counters = counters;
        _connections = new ConnectionManager(venue.Name, venue, transport, time, jitter, counters, logger);
    }

    public string Venue => _venue.Name;
    public FeedCounters Counters { get; }
    public int Connections => _connections.Connections;

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
    {
        string symbol = market.VenueSymbol.Length > 0 ? market.VenueSymbol : _venue.SymbolOf(market);
        var handle = new Handle(this, symbol);
        listener.OnState(FeedState.Down, "connecting", NowMs);
        var unit = _venue.UnitAsync(symbol, handle.Ended);
        if (unit.IsCompletedSuccessfully)
            handle.Begin(market, unit.Result, listener);
        else
            _ = BeginLaterAsync(market, symbol, unit.AsTask(), listener, handle);
        return handle;
    }

    public async ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        string symbol = market.VenueSymbol.Length > 0 ? market.VenueSymbol : _venue.SymbolOf(market);
        var earliest = DateTimeOffset.UnixEpoch;
        var now = _time.GetUtcNow();
        from = from < earliest ? earliest : from;
        to = to > now ? now : to;
        if (from >= to)
            return [];
        var candles = await _venue.FetchCandlesAsync(market, symbol, from, to, cancellationToken);
        const long minute = 60_000;
        long end = Math.Min(to.ToUnixTimeMilliseconds(), NowMs - minute + 1);
        return [.. candles.Where(candle => candle.OpenTimeMs >= from.ToUnixTimeMilliseconds() && candle.OpenTimeMs < end)
            .OrderBy(candle => candle.OpenTimeMs)];
    }

    public async Task<VenueListing> ListMarketsAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var listing = new VenueListing(Venue, _time.GetUtcNow(), await _venue.FetchMarketsAsync(cancellationToken));
            if (_cache is not null)
                await _cache.WriteAsync(Venue, JsonSerializer.SerializeToUtf8Bytes(listing, ListingJson.Default.VenueListing), cancellationToken);
            return listing;
        }
        catch (VenueException) when (_cache is not null)
        {
            if (await _cache.ReadAsync(Venue, cancellationToken) is not { } cached
                || JsonSerializer.Deserialize(cached, ListingJson.Default.VenueListing) is not { } listing)
            {
                throw;
            }
            return listing;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var session in _venue.Sessions.All)
            session.End();
        _connections.Dispose();
    }

    private async Task BeginLaterAsync(Market market, string symbol, Task<decimal> unit, IFeedListener listener, Handle handle)
    {
        var backoff = new Backoff(FirstRetry, LongestRetry, _jitter);
        while (true)
        {
            try
            {
                handle.Begin(market, await unit, listener);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (VenueException problem)
            {
                handle.Tell(listener, FeedState.Down, problem.Message);
            }
            if (!await DelayAsync(backoff.NextMs(), handle.Ended))
                return;
            unit = _venue.UnitAsync(symbol, handle.Ended).AsTask();
        }
    }

    private void WantsSnapshot(MarketSession session)
    {
        if (session.TryBeginFetching())
            _ = Task.Run(() => SynchroniseAsync(session));
    }

    /// <summary>Until the session has a snapshot that it can go on from. Waits grow while nothing helps.</summary>
    private async Task SynchroniseAsync(MarketSession session)
    {
        var backoff = new Backoff(FirstRetry, LongestRetry, _jitter);
        while (!_stop.IsCancellationRequested)
        {
            while (session.NeedsSnapshot(out int attempt))
            {
                await TryFetchAsync(session, attempt);
                if (!session.NeedsSnapshot(out _) || !await DelayAsync(backoff.NextMs(), _stop.Token))
                    break;
            }
            session.EndFetching();
            if (!session.NeedsSnapshot(out _) || !session.TryBeginFetching())
                return;
        }
    }

    private async Task TryFetchAsync(MarketSession session, int attempt)
    {
        try
        {
            await _venue.FetchSnapshotAsync(session, attempt, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The feed ends, and the loop around this sees it.
        }
        catch (Exception exception)
        {
            Log.NoSnapshot(_logger, Venue, session.Symbol, exception.Message);
            session.SnapshotFailed(attempt, exception.Message);
        }
    }

    private async Task<bool> DelayAsync(long delayMs, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), _time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Handle(VenueFeed feed, string symbol) : IAsyncDisposable
    {
        private readonly Lock _lock = new();
        private readonly CancellationTokenSource _ended = new();
        private MarketSession? _session;

        public CancellationToken Ended => _ended.Token;

        public void Begin(Market market, decimal unit, IFeedListener listener)
        {
            lock (_lock)
            {
                if (_ended.IsCancellationRequested)
                    return;
                _session = new MarketSession(
                    market, symbol, unit, feed._venue.Style, listener, feed._time, feed.Counters, feed.WantsSnapshot);
                feed._venue.Sessions.Add(_session);
                feed._connections.Add(symbol, _session);
            }
        }

        public void Tell(IFeedListener listener, FeedState state, string reason)
        {
            lock (_lock)
            {
                if (!_ended.IsCancellationRequested)
                    listener.OnState(state, reason, feed.NowMs);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            MarketSession? session;
            lock (_lock)
                (session, _session) = (_session, null);
            if (session is null)
                return;
            session.End();
            feed._venue.Sessions.Remove(session);
            feed._connections.Remove(symbol, session);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(VenueListing))]
internal sealed partial class ListingJson : System.Text.Json.Serialization.JsonSerializerContext;
