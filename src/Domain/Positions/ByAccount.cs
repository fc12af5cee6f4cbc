namespace Exchange.Domain.Positions;

/// <summary>What each account has of something, in the order of ids.</summary>
internal sealed class ByAccount<T>
{
    private readonly Dictionary<long, SortedList<long, T>> _accounts = [];

    public IReadOnlyList<T> Of(long account) =>
        _accounts.TryGetValue(account, out var items) ? [.. items.Values] : [];

    public void Add(long account, long id, T item)
    {
        if (!_accounts.TryGetValue(account, out var items))
            _accounts.Add(account, items = new SortedList<long, T>(1));
        items.Add(id, item);
    }

    public void Remove(long account, long id)
    {
        var items = _accounts[account];
        items.Remove(id);
        if (items.Count == 0)
            _accounts.Remove(account);
    }
}
