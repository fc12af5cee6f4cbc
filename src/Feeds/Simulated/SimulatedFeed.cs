using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Simulated;

/// <summary>
/// A venue that exists only in arithmetic: seeded, repeatable, with a past for every market. One timer serves all
/// subscriptions and runs only while there are any.
/// </summary>
public sealed class SimulatedFeed(IOptions<SimulatedOptions> options, TimeProvider time, ILogger<SimulatedFeed> logger)
    : IMarketFeed
{
    public const string Name = "simulated";

    /// <summary>How many candles one request gets at most.</summary>
    public const int MaxCandles = 1_500;

    private readonly SimulatedOptions _options = options.Value;
    private readonly Lock _lock = new();
    private SimulatedSubscription[] _subscriptions = [];
    private ITimer? _timer;
    private int _beating;

    public string Venue => Name;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
    {
        var simulated = SimulatedMarket.Of(_options, market);
        if (simulated is null)
        {
            listener.OnState(FeedState.Down, $"no simulated price for {market.Base} or {market.Quote}", NowMs);
            return new Handle(this, null);
        }
        var subscription = new SimulatedSubscription(simulated, listener, _options.Levels);
        subscription.Begin(NowMs);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
            _timer ??= StartTimer();
        }
        return new Handle(this, subscription);
    }

    public async ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        const long minute = 60_000;
        const int pause = 20;
        var candles = new List<VenueCandle>();
        if (SimulatedMarket.Of(_options, market) is not { } simulated)
            return candles;
        long first = (Math.Max(0, from.ToUnixTimeMilliseconds()) + minute - 1) / minute * minute;
        long end = Math.Min(to.ToUnixTimeMilliseconds(), NowMs - minute + 1);
        for (long open = first; open < end && candles.Count < MaxCandles; open += minute)
        {
            if (simulated.CandleAt(open) is { } candle)
                candles.Add(candle);
            if ((open - first) / minute % pause != pause - 1)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        return candles;
    }

    private ITimer StartTimer()
    {
        var interval = TimeSpan.FromMilliseconds(_options.IntervalMs);
        var untilNextBeat = TimeSpan.FromMilliseconds(_options.IntervalMs - NowMs % _options.IntervalMs);
        return time.CreateTimer(static feed => ((SimulatedFeed)feed!).Beat(), this, untilNextBeat, interval);
    }

    private void Beat()
    {
        // A beat that takes longer than the interval is not overtaken; the next one catches up.
        if (Interlocked.Exchange(ref _beating, 1) != 0)
            return;
        long now = NowMs;
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            try
            {
                subscription.Advance(now);
            }
            catch (Exception exception)
            {
                Log.SimulationFailed(logger, exception);
            }
        }
        Volatile.Write(ref _beating, 0);
    }

    private void End(SimulatedSubscription subscription)
    {
        subscription.End();
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
            if (_subscriptions.Length > 0)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private sealed class Handle(SimulatedFeed feed, SimulatedSubscription? subscription) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (subscription is not null)
                feed.End(subscription);
            return default;
        }
    }
}
