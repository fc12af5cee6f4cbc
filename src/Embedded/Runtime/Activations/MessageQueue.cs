namespace Exchange.Embedded.Runtime;

/// <summary>A first-in, first-out ring that also gives up elements from its middle.</summary>
internal sealed class MessageQueue
{
    private const int LongestIdleRing = 256;

    private Message[] _ring = [];
    private int _head;

    internal int Count { get; private set; }

    internal Message this[int index] => _ring[(_head + index) & (_ring.Length - 1)];

    internal void Add(Message message)
    {
        if (Count == _ring.Length)
            Grow();

        _ring[(_head + Count++) & (_ring.Length - 1)] = message;
    }

    internal Message RemoveAt(int index)
    {
        var mask = _ring.Length - 1;
        var removed = _ring[(_head + index) & mask];
        for (var i = index; i > 0; i--)
            _ring[(_head + i) & mask] = _ring[(_head + i - 1) & mask];

        _ring[_head] = null!;
        _head = (_head + 1) & mask;
        if (--Count == 0 && _ring.Length > LongestIdleRing)
            (_ring, _head) = ([], 0);
        return removed;
    }

    private void Grow()
    {
        var larger = new Message[Math.Max(8, _ring.Length * 2)];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];

        (_ring, _head) = (larger, 0);
    }
}
