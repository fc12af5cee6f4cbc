using System.Net;

namespace Exchange.Api.Streams;

/// <summary>How many connections each address and each user has.</summary>
internal sealed class ConnectionCounts(StreamOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly Dictionary<long, int> _byUser = [];

    public bool TryAddAddress(IPAddress address) => TryAdd(_byAddress, address, options.MaxConnectionsPerAddress);

    public bool TryAddUser(long account) => TryAdd(_byUser, account, options.MaxConnectionsPerUser);

    public void RemoveAddress(IPAddress address) => Remove(_byAddress, address);

    public void RemoveUser(long account) => Remove(_byUser, account);

    private bool TryAdd<TKey>(Dictionary<TKey, int> counts, TKey key, int max) where TKey : notnull
    {
        lock (_gate)
        {
            var count = counts.GetValueOrDefault(key);
            if (max > 0 && count >= max)
                return false;
            counts[key] = count + 1;
            return true;
        }
    }

    private void Remove<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull
    {
        lock (_gate)
        {
            if (--counts[key] == 0)
                counts.Remove(key);
        }
    }
}
