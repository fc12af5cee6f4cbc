using System.Collections.Concurrent;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Streams;

namespace Exchange.Api.Streams;

/// <summary>
/// This silo's line to one symbol. It watches the grain while somebody here is interested, however many they are, and hands
/// what arrives to the topics.
/// </summary>
internal sealed class SymbolFeed : ISymbolObserver
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly int[] _interested = new int[Enum.GetValues<StreamPace>().Length];
    private readonly bool[] _watching = new bool[Enum.GetValues<StreamPace>().Length];
    private readonly ConcurrentDictionary<string, PolledTopic> _polled = new();
    private readonly Market _market;
    private readonly ISymbolStreamGrain _symbol;
    private readonly ISymbolObserver _self;
    private readonly StreamWriters _writers;
    private readonly TimeProvider _clock;
    private readonly DepthTopic _depth;
    private readonly DepthTopic _fastDepth;
    private readonly Topic _trades;

    public SymbolFeed(Market market, IGrainFactory grains, StreamWriters writers, TimeProvider clock)
    {
        _market = market;
        _writers = writers;
        _clock = clock;
        _symbol = grains.GetGrain<ISymbolStreamGrain>(market.Symbol);
        _self = grains.CreateObjectReference<ISymbolObserver>(this);
        _depth = new DepthTopic($"depth@{market.Symbol}", market.Symbol);
        _fastDepth = new DepthTopic($"depth@{market.Symbol}@fast", market.Symbol);
        _trades = new Topic($"trade@{market.Symbol}", Overflow.Cut);
    }

    public ICollection<PolledTopic> Polled => _polled.Values;

    /// <summary>An increment is missing: the next renewal is to begin a new watch, and should not wait.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Once this completes the stream flows; the caller gives it back with <see cref="Release"/>.</summary>
    public async Task<Topic> AcquireAsync(StreamName name, Func<StreamName, PolledTopic> poll)
    {
        if (name.Kind is StreamKind.Ticker or StreamKind.Kline)
        {
            var polled = _polled.GetOrAdd(name.Text, _ => poll(name));
            Interlocked.Increment(ref polled.Interested);
            return polled.Topic;
        }

        var pace = PaceOf(name);
        Interlocked.Increment(ref _interested[(int)pace]);
        try
        {
            await InTurn(() => _watching[(int)pace] ? Task.CompletedTask : WatchAsync(pace));
        }
        catch
        {
            Interlocked.Decrement(ref _interested[(int)pace]);
            throw;
        }

        return name.Kind switch
        {
            StreamKind.Depth => _depth,
            StreamKind.FastDepth => _fastDepth,
            _ => _trades,
        };
    }

    public void Release(StreamName name)
    {
        if (_polled.TryGetValue(name.Text, out var polled))
            Interlocked.Decrement(ref polled.Interested);
        else
            Interlocked.Decrement(ref _interested[(int)PaceOf(name)]);
    }

    /// <summary>Tells the grain that somebody still watches, or that nobody does any more.</summary>
    public Task RenewAsync() => InTurn(async () =>
    {
        IsBehind = false;
        foreach (var pace in Enum.GetValues<StreamPace>())
        {
            if (Volatile.Read(ref _interested[(int)pace]) > 0)
            {
                await WatchAsync(pace);
            }
            else if (_watching[(int)pace])
            {
                await _symbol.Unwatch(_self, pace);
                _watching[(int)pace] = false;
            }
        }
    });

    public void OnUpdate(SymbolUpdate update)
    {
        _writers.Hold();
        try
        {
            Publish(update);
        }
        finally
        {
            _writers.Release();
        }
    }

    private static StreamPace PaceOf(StreamName name) => name.Kind == StreamKind.FastDepth ? StreamPace.Fast : StreamPace.Normal;

    private void Publish(SymbolUpdate update)
    {
        if (update.Depth is not null && !BookOf(update.Pace).Update(update))
        {
            _watching[(int)update.Pace] = false;
            IsBehind = true;
        }

        if (update.Trades.Length > 0 && update.Pace == StreamPace.Normal)
            _trades.Publish(StreamMessages.Trades(_trades.Name, update));
    }

    private DepthTopic BookOf(StreamPace pace) => pace == StreamPace.Fast ? _fastDepth : _depth;

    private async Task WatchAsync(StreamPace pace)
    {
        if (!_watching[(int)pace])
            BookOf(pace).LoseBase();
        var watched = await _symbol.Watch(_self, pace);
        if (!watched.IsNew && !_watching[(int)pace])
        {
            // The grain counted this silo among its watchers still: only a new watch brings the book.
            await _symbol.Unwatch(_self, pace);
            watched = await _symbol.Watch(_self, pace);
        }

        _watching[(int)pace] = true;
        if (watched.Depth is { } depth)
            BookOf(pace).Rebase(depth, _clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private async Task InTurn(Func<Task> action)
    {
        await _turn.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            _turn.Release();
        }
    }
}
