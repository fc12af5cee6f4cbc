using Exchange.Domain.Settlement;

namespace Exchange.Domain.Symbols;

/// <summary>
/// Settlements that portfolios have not confirmed, oldest first per account. It is rebuilt from the journal, which is
/// what makes the journal itself the outbox; all entries of one journal record travel and are confirmed together.
/// </summary>
public sealed class Outbox
{
    private const int SparesMax = 256;

    private readonly Dictionary<long, Queue<SettlementItem>> _accounts = [];
    private readonly Stack<Queue<SettlementItem>> _spares = new();

    public int Count { get; private set; }
    public IEnumerable<long> Accounts => _accounts.Keys;

    public int CountOf(long account) => _accounts.TryGetValue(account, out var queue) ? queue.Count : 0;

    public void Add(long account, in SettlementItem item)
    {
        if (!_accounts.TryGetValue(account, out var queue))
            _accounts[account] = queue = _spares.TryPop(out var spare) ? spare : new Queue<SettlementItem>();
        queue.Enqueue(item);
        Count++;
    }

    /// <summary>
    /// The oldest entries of the account up to a durable sequence: whole records, at least one, and no further record
    /// once <paramref name="enough"/> entries are in, each as its receiver gets it. Empty when there is nothing to deliver.
    /// </summary>
    public T[] Oldest<T>(long account, long durableSequence, int enough, Func<SettlementItem, T> select)
    {
        if (!_accounts.TryGetValue(account, out var queue))
            return [];
        var count = 0;
        var last = 0L;
        foreach (var item in queue)
        {
            if (item.Sequence > durableSequence || (count >= enough && item.Sequence != last))
                break;
            last = item.Sequence;
            count++;
        }

        if (count == 0)
            return [];
        var batch = new T[count];
        foreach (var item in queue)
        {
            batch[^count] = select(item);
            if (--count == 0)
                break;
        }

        return batch;
    }

    /// <summary>The record in which this order ended, or this request was used up, while that is not confirmed; otherwise 0.</summary>
    public long EndOf(long account, long orderId)
    {
        if (!_accounts.TryGetValue(account, out var queue))
            return 0;
        foreach (var item in queue)
        {
            if ((item.OrderId == orderId && item.Kind == SettlementKind.Done) || item.Move?.RequestId == orderId)
                return item.Sequence;
        }

        return 0;
    }

    public void Acknowledge(long account, long upTo)
    {
        if (!_accounts.TryGetValue(account, out var queue))
            return;
        while (queue.TryPeek(out var item) && item.Sequence <= upTo)
        {
            queue.Dequeue();
            Count--;
        }

        if (queue.Count > 0)
            return;
        _accounts.Remove(account);
        if (_spares.Count < SparesMax)
            _spares.Push(queue);
    }

    public IEnumerable<(long Account, SettlementItem Item)> All()
    {
        foreach (var (account, queue) in _accounts)
        {
            foreach (var item in queue)
                yield return (account, item);
        }
    }
}
