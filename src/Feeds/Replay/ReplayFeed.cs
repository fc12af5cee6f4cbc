using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Replay;

/// <summary>
/// Plays what was recorded, on one timeline for all markets. It starts with the first subscriptions; who comes later
/// gets the book as it stands then. Between two runs nothing differs but the times, if those are shifted to today.
/// </summary>
public sealed class ReplayFeed : IMarketFeed, IDisposable
{
    public const string Name = "replay";

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(10);

    private readonly ReplayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplayFeed> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReplayChannel> _channels = [];
    private ReplaySources? _sources;
    private ITimer? _timer;
    private long _startedAtMs;
    private long _firstAtMs;
    private bool _isOver;
    private string _ending = "the recording is over";

    public ReplayFeed(IOptions<ReplayOptions> options, TimeProvider time, ILogger<ReplayFeed> logger) =>
        (_options, _time, _logger) = (options.Value, time, logger);

    public string Venue => Name;

    /// <summary>The recorded time up to which everything was played, 0 before the start.</summary>
    public long PlayedUntilMs { get; private set; }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();
    private bool KeepsTimes => _options.KeepTimes ?? _options.Speed == 0;

    public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
    {
        lock (_lock)
        {
            Open();
            if (_startedAtMs == 0)
                _startedAtMs = NowMs;
            var channel = ChannelOf(ReplayLine.Plain(FeedSymbol.Of(market)));
            channel.Add(market, listener, new ReplayTrack(Shifted));
            if (_isOver)
                listener.OnState(FeedState.Down, _ending, NowMs);
            StartIfReady();
            return new Subscription(this, channel, listener);
        }
    }

    /// <summary>The past of a recording is what was played, and it is not kept: a chart begins with the replay.</summary>
    public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) => new([]);

    /// <summary>Plays on the caller's thread what happened up to and including this recorded time. False when all is played.</summary>
    public bool PlayUntil(long recordedMs)
    {
        lock (_lock)
        {
            Open();
            while (!_isOver && _sources!.Peek() is { } line && line.HeardAtMs <= recordedMs)
            {
                _sources.Next();
                PlayedUntilMs = line.HeardAtMs;
                ChannelOf(line.Symbol).Tell(line);
            }
            if (!_isOver && _sources!.Peek() is null)
                End(_ending);
            return !_isOver;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _sources?.Dispose();
            _isOver = true;
        }
    }

    private void Open()
    {
        if (_sources is not null || _isOver)
            return;
        try
        {
            _sources = new ReplaySources(_options.Path);
            _firstAtMs = _sources.Peek()?.HeardAtMs ?? 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            Log.ReplayFailed(_logger, _options.Path, exception);
            End(exception.Message);
        }
    }

    private void StartIfReady()
    {
        int subscribed = _channels.Values.Sum(channel => channel.Listeners);
        if (_isOver || _options.IsDrivenByHand || _timer is not null || subscribed < _options.StartAfter)
            return;
        _startedAtMs = NowMs;
        _timer = _time.CreateTimer(static feed => ((ReplayFeed)feed!).Tick(), this, TickEvery, TickEvery);
    }

    private void Tick()
    {
        try
        {
            lock (_lock)
                PlayUntil(_options.Speed == 0 ? long.MaxValue : Position());
        }
        catch (Exception exception)
        {
            Log.ReplayFailed(_logger, _options.Path, exception);
            lock (_lock)
                End("the recording cannot be read on");
        }
    }

    /// <summary>Where in the recording now is.</summary>
    private long Position() => _firstAtMs + (long)((NowMs - _startedAtMs) * _options.Speed);

    private long Shifted(long recordedMs)
    {
        double speed = _options.Speed == 0 ? 1 : _options.Speed;
        return KeepsTimes ? recordedMs : _startedAtMs + (long)((recordedMs - _firstAtMs) / speed);
    }

    private void End(string reason)
    {
        (_isOver, _ending) = (true, reason);
        _timer?.Dispose();
        _sources?.Dispose();
        foreach (var channel in _channels.Values)
            channel.End(reason, KeepsTimes ? PlayedUntilMs : NowMs);
    }

    private ReplayChannel ChannelOf(string symbol)
    {
        if (!_channels.TryGetValue(symbol, out var channel))
            _channels.Add(symbol, channel = new ReplayChannel());
        return channel;
    }

    private sealed class Subscription(ReplayFeed feed, ReplayChannel channel, IFeedListener listener) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lock (feed._lock)
                channel.Remove(listener);
            return default;
        }
    }
}
