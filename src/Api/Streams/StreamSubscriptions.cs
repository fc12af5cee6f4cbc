using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Streams;

/// <summary>What one connection is subscribed to. Used by its receive loop alone.</summary>
internal sealed class StreamSubscriptions(SendQueue queue, SymbolFeedHub symbols, AccountFeedHub accounts, int max)
{
    private readonly Dictionary<string, Subscription> _all = new(StringComparer.Ordinal);

    public int Count => _all.Count;
    public IReadOnlyCollection<string> Names => _all.Keys;

    /// <summary>All of the names or none; the reply goes before the first message of any of them, and nothing after it is missed.</summary>
    public async Task<Refusal?> AddAsync(IReadOnlyList<StreamName> names, Caller? caller, Action reply)
    {
        StreamName[] wanted = [.. names.DistinctBy(name => name.Text).Where(name => !_all.ContainsKey(name.Text))];
        if (max > 0 && _all.Count + wanted.Length > max)
            return EdgeErrors.TooManySubscriptions;
        if (caller is null && wanted.Any(name => name.Kind == StreamKind.User))
            return EdgeErrors.Unauthorized;
        if (caller is not null && !caller.Permissions.HasFlag(ApiPermissions.Read) && wanted.Any(name => name.Kind == StreamKind.User))
            return EdgeErrors.PermissionDenied;
        var acquired = new List<Subscription>();
        try
        {
            foreach (var name in wanted)
                acquired.Add(await AcquireAsync(name, caller));
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            acquired.ForEach(End);
            return error;
        }

        foreach (var subscription in acquired)
        {
            _all[subscription.Name.Text] = subscription;
            subscription.Topic.Join(subscription.Lane);
        }

        reply();
        acquired.ForEach(subscription => subscription.Lane.Open());

        return null;
    }

    public void Remove(string name)
    {
        if (_all.Remove(name, out var subscription))
            End(subscription);
    }

    public void RemoveAll()
    {
        foreach (var subscription in _all.Values)
            End(subscription);
        _all.Clear();
    }

    private async Task<Subscription> AcquireAsync(StreamName name, Caller? caller)
    {
        var account = caller?.Account ?? 0;
        var topic = name.Kind == StreamKind.User ? await accounts.AcquireAsync(account) : await symbols.AcquireAsync(name);
        var lane = new Lane(queue, topic.Overflow) { Resnapshot = topic.Resnapshot, IsPaused = true };
        return new Subscription(name, topic, lane, account);
    }

    private void End(Subscription subscription)
    {
        subscription.Topic.Leave(subscription.Lane);
        if (subscription.Name.Kind == StreamKind.User)
            accounts.Release(subscription.Account);
        else
            symbols.Release(subscription.Name);
    }

    private sealed record Subscription(StreamName Name, Topic Topic, Lane Lane, long Account);
}
