using System.Diagnostics.CodeAnalysis;

namespace Exchange.Api.Streams;

/// <summary>
/// What one connection has yet to be sent, in lanes that take turns. The bytes of all lanes are bounded: a lane whose
/// data allows it is conflated, any other that does not fit ends the connection.
/// </summary>
internal sealed class SendQueue(int bytesMax)
{
    // Enough for a candle that closed and the one that opened after it.
    private const int LatestMax = 4;

    private readonly Lock _gate = new();
    private readonly Queue<Lane> _ready = new();
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAwake;

    /// <summary>Called when something waits and nobody sends: whoever is called sends until <see cref="TryRest"/> lets it go.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>The same, but on the thread that adds: who answers one client need not go through a line of all.</summary>
    public Action SendHere { get; set; } = static () => { };

    public int Bytes { get; private set; }

    /// <summary>The reader was too slow, or the connection is over: nothing is taken any more.</summary>
    public bool IsCut { get; private set; }

    public Task WhenCut => _cut.Task;

    /// <summary>Only a part of the room: a reader that falls behind on one book is not to lose its other streams for it.</summary>
    private int LaneMax => bytesMax / 4;

    public void Add(Lane lane, byte[] message)
    {
        if (!Take(lane, message))
            return;
        if (lane.LeavesAtOnce)
            SendHere();
        else
            Wake();
    }

    /// <summary>True where nothing waits any more; from then on the next message wakes the sender again.</summary>
    public bool TryRest()
    {
        lock (_gate)
        {
            if (_ready.Count > 0)
                return false;
            _isAwake = false;
            return true;
        }
    }

    /// <summary>The next message, from the lane whose turn it is.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? message)
    {
        Lane? lane;
        lock (_gate)
        {
            message = null;
            if (!_ready.TryDequeue(out lane))
                return false;
            lane.IsReady = false;
            if (!lane.AwaitsSnapshot)
            {
                message = lane.Messages.Dequeue();
                lane.Bytes -= message.Length;
                Bytes -= message.Length;
                if (lane.Messages.Count > 0)
                    MakeReady(lane);
                return true;
            }
        }

        message = lane.Resnapshot!(() => Resume(lane));
        return true;
    }

    public void Open(Lane lane)
    {
        lock (_gate)
        {
            lane.IsPaused = false;
            if (lane.Messages.Count > 0 || lane.AwaitsSnapshot)
                MakeReady(lane);
            if (!MustWake())
                return;
        }

        Wake();
    }

    public void Close(Lane lane)
    {
        lock (_gate)
        {
            lane.IsClosed = true;
            Drop(lane);
        }
    }

    public void Cut()
    {
        lock (_gate)
            CutNow();
    }

    private bool Take(Lane lane, byte[] message)
    {
        lock (_gate)
        {
            if (IsCut || lane.IsClosed || lane.AwaitsSnapshot)
                return false;
            if (lane.Overflow == Overflow.KeepLatest && lane.Messages.Count >= LatestMax)
                Drop(lane);
            if (lane.Overflow == Overflow.Resnapshot && (lane.Bytes + message.Length > LaneMax || Bytes + message.Length > bytesMax))
            {
                Drop(lane);
                lane.AwaitsSnapshot = true;
                MakeReady(lane);
            }
            else if (Bytes + message.Length > bytesMax)
            {
                CutNow();
            }
            else
            {
                lane.Messages.Enqueue(message);
                lane.Bytes += message.Length;
                Bytes += message.Length;
                MakeReady(lane);
            }

            return MustWake();
        }
    }

    private bool MustWake()
    {
        var wakes = !_isAwake && _ready.Count > 0;
        _isAwake |= wakes;
        return wakes;
    }

    private void Resume(Lane lane)
    {
        lock (_gate)
            lane.AwaitsSnapshot = false;
    }

    private void MakeReady(Lane lane)
    {
        if (lane.IsReady || lane.IsPaused)
            return;
        lane.IsReady = true;
        _ready.Enqueue(lane);
    }

    private void Drop(Lane lane)
    {
        Bytes -= lane.Bytes;
        lane.Bytes = 0;
        lane.Messages.Clear();
        if (!lane.IsReady)
            return;
        lane.IsReady = false;
        var others = _ready.Count;
        while (others-- > 0)
        {
            var ready = _ready.Dequeue();
            if (ready != lane)
                _ready.Enqueue(ready);
        }
    }

    private void CutNow()
    {
        IsCut = true;
        _cut.TrySetResult();
        while (_ready.TryDequeue(out var lane))
        {
            lane.IsReady = false;
            lane.Bytes = 0;
            lane.Messages.Clear();
        }

        Bytes = 0;
    }
}
