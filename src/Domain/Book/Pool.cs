namespace Exchange.Domain.Book;

/// <summary>
/// Structs addressed by number and used again when given back. Number 0 is never given out, so that it can mean none.
/// It grows by doubling and never shrinks: its size follows what was open at once, not what passed through.
/// </summary>
internal struct Pool<T>(int capacity)
    where T : struct
{
    public T[] Items = new T[capacity];
    private int[] _free = new int[capacity];
    private int _freeCount;
    private int _used = 1;

    public int Rent()
    {
        if (_freeCount > 0)
            return _free[--_freeCount];
        if (_used == Items.Length)
            Grow();
        return _used++;
    }

    public void Return(int number) => _free[_freeCount++] = number;

    public void Clear()
    {
        _freeCount = 0;
        _used = 1;
    }

    private void Grow()
    {
        Array.Resize(ref Items, Items.Length * 2);
        Array.Resize(ref _free, Items.Length);
    }
}
