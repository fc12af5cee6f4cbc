namespace Exchange.Api.Streams;

/// <summary>What happens to a stream that its reader does not keep up with.</summary>
internal enum Overflow
{
    /// <summary>Every message counts: the connection ends.</summary>
    Cut,

    /// <summary>Only the newest message counts.</summary>
    KeepLatest,

    /// <summary>What waits is replaced by one message that stands for all of it.</summary>
    Resnapshot,
}

/// <summary>One stream's part of a connection's queue. Its state belongs to the queue.</summary>
internal sealed class Lane(SendQueue queue, Overflow overflow)
{
    public Overflow Overflow => overflow;
    public Queue<byte[]> Messages { get; } = new();
    public int Bytes { get; set; }
    public bool IsReady { get; set; }
    public bool IsClosed { get; set; }

    /// <summary>Answers are few and somebody waits for them.</summary>
    public bool LeavesAtOnce { get; init; }

    /// <summary>What comes is kept, but not sent before <see cref="Open"/>.</summary>
    public bool IsPaused { get; set; }
    public bool AwaitsSnapshot { get; set; }

    /// <summary>Makes the message that replaces what was dropped, and calls back while nothing newer can be added.</summary>
    public Func<Action, byte[]>? Resnapshot { get; set; }

    public void Add(byte[] message) => queue.Add(this, message);

    public void Open() => queue.Open(this);

    public void Close() => queue.Close(this);
}
