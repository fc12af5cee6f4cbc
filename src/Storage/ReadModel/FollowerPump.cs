using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// The thread that follows the journal. It steps at intervals rather than at once, so that an order that changes several
/// times is written once; somebody who waits makes it step now.
/// </summary>
internal sealed class FollowerPump : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>Under load it takes larger steps less often: a page that holds rows of many orders is then written once.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);
    private const int PausePerWork = 3;

    private readonly ReadModelFollower _follower;
    private readonly DurableFeed _feed;
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private List<Waiter> _requests = [];
    private volatile bool _stopping;

    public FollowerPump(ReadModelFollower follower, DurableFeed feed, StorageOptions options, TimeProvider time, ILogger logger)
    {
        _follower = follower;
        _feed = feed;
        _options = options;
        _time = time;
        _logger = logger;
        _thread = new Thread(Run) { Name = "read model", IsBackground = true };
        _thread.Start();
    }

    public TimeSpan Lag => _feed.Lag;

    /// <summary>Completes when everything that was durable at this moment has been taken in.</summary>
    public Task Request(bool rebuild, CancellationToken cancellation)
    {
        var request = new Waiter(rebuild);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _requests.Add(request);
        }

        _wake.Set();
        return request.Task.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        _wake.Set();
        _thread.Join();
        _follower.Dispose();
        _requests.ForEach(request => request.TrySetCanceled());
    }

    private void Run()
    {
        TimeSpan pause = TimeSpan.Zero;
        while (!_stopping)
        {
            _wake.WaitOne(pause);
            long start = _time.GetTimestamp();
            pause = Step() ? Pause(_time.GetElapsedTime(start)) : RetryDelay;
        }
    }

    private TimeSpan Pause(TimeSpan worked)
    {
        TimeSpan pause = worked * PausePerWork < PauseMax ? worked * PausePerWork : PauseMax;
        return pause > _options.ReadModelInterval ? pause : _options.ReadModelInterval;
    }

    private bool Step()
    {
        List<Waiter> requests;
        lock (_gate)
        {
            (requests, _requests) = (_requests, []);
        }

        try
        {
            if (requests.Exists(request => request.Rebuild))
            {
                _follower.Clear();
            }

            _follower.Step(someoneWaits: requests.Count > 0);
            _feed.CaughtUp();
            requests.ForEach(request => request.TrySetResult());
            return true;
        }
        catch (Exception exception)
        {
            Log.ReadModelFailed(_logger, exception);
            requests.ForEach(request => request.TrySetException(exception));
            return false;
        }
    }

    private sealed class Waiter(bool rebuild) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public bool Rebuild { get; } = rebuild;
    }
}
