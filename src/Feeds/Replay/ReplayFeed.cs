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

    /// <summary>How often a listener that does not take up what it was told is looked at before the replay goes on without it.</summary>
    private const int LooksMax = 1_000_000;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(10);

    private readonly ReplayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplayFeed> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReplayChannel> _channels = [];
    private ReplaySources? _sources;
    private ITimer? _timer;
    private Task? _runsAhead;
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
    private bool KeepsTimes => _options.KeepTimes ?? _options.IsDrivenByHand;

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

    /// <summary>
    /// Plays on the caller's thread what happened up to and including this recorded time. When nothing is left to play the
    /// replay is over, and the answer false: the last line is not to be mistaken for one of a feed that is down.
    /// </summary>
    public bool PlayUntil(long recordedMs)
    {
        lock (_lock)
        {
            Open();
            bool isPlayed = !_isOver && _sources!.Peek() is null;
            while (!_isOver && _sources!.Peek() is { } line && line.HeardAtMs <= recordedMs)
            {
                _sources.Next();
                PlayedUntilMs = line.HeardAtMs;
                ChannelOf(line.Symbol).Tell(line);
            }
            if (isPlayed)
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
        if (_options.Speed == 0)
        {
            _runsAhead ??= Task.Run(RunAhead);
            return;
        }

        _timer = _time.CreateTimer(static feed => ((ReplayFeed)feed!).Tick(), this, TickEvery, TickEvery);
    }

    private void Tick()
    {
        try
        {
            lock (_lock)
                PlayUntil(Position());
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>
    /// As fast as possible means: line by line, each when the one before has been taken up. So nothing is conflated, and
    /// what comes of it does not depend on how fast anybody is.
    /// </summary>
    private async Task RunAhead()
    {
        try
        {
            while (PlayNext() is { } told)
            {
                for (int looks = 0; looks < LooksMax && !IsDrained(told); looks++)
                    await Task.Yield();
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private ReplayChannel? PlayNext()
    {
        lock (_lock)
        {
            if (!_isOver && _sources!.Peek() is null)
                End(_ending);
            if (_isOver)
                return null;
            var line = _sources!.Next()!;
            PlayedUntilMs = line.HeardAtMs;
            var channel = ChannelOf(line.Symbol);
            channel.Tell(line);
            return channel;
        }
    }

    private bool IsDrained(ReplayChannel channel)
    {
        lock (_lock)
            return _isOver || channel.IsDrained;
    }

    private void Fail(Exception exception)
    {
        Log.ReplayFailed(_logger, _options.Path, exception);
        lock (_lock)
            End("the recording cannot be read on");
    }

    /// <summary>Where in the recording now is.</summary>
    private long Position() => _firstAtMs + (long)((NowMs - _startedAtMs) * _options.Speed);

    private long Shifted(long recordedMs)
    {
        if (KeepsTimes)
            return recordedMs;
        return _options.Speed == 0 ? NowMs : _startedAtMs + (long)((recordedMs - _firstAtMs) / _options.Speed);
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
