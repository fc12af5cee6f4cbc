using Exchange.Storage.Closures;

namespace Exchange.Grains.Tests.Support;

/// <summary>What owners were told. It can be made to fail.</summary>
public sealed class RecordedClosures : IClosures
{
    private readonly List<Closure> _told = [];
    private readonly List<(Closure Closure, string Reason)> _buried = [];

    /// <summary>Asked before anything is stored; what it throws is what the caller gets.</summary>
    public Action<Closure> Fault { get; set; } = _ => { };

    /// <summary>The same afterwards: stored, but nobody hears of it.</summary>
    public Action<Closure> ReplyFault { get; set; } = _ => { };

    public bool CannotBury { get; set; }

    public int Attempts { get; private set; }

    public IReadOnlyList<Closure> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    public IReadOnlyList<(Closure Closure, string Reason)> Buried
    {
        get
        {
            lock (_told)
                return [.. _buried];
        }
    }

    public Task<IReadOnlyList<long>> FileAsync(IReadOnlyList<Closure> closures, int attempts)
    {
        lock (_told)
        {
            Attempts++;
            foreach (var closure in closures)
                Fault(closure);
            foreach (var closure in closures)
            {
                if (_told.TrueForAll(told => told.Key != closure.Key))
                    _told.Add(closure);
                ReplyFault(closure);
            }

            return Task.FromResult<IReadOnlyList<long>>([.. closures.Select(closure => _told.FindIndex(told => told.Key == closure.Key) + 1L)]);
        }
    }

    public Task BuryAsync(Closure closure, int attempts, string reason)
    {
        lock (_told)
        {
            if (CannotBury)
                throw new IOException("There is no place for dead letters.");
            _buried.Add((closure, reason));
        }

        return Task.CompletedTask;
    }
}
