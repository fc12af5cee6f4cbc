using System.Collections.Concurrent;

namespace Exchange.Api.Auth;

/// <summary>
/// Remembers tokens whose signature was found good. Two generations bound it: when the young one is full it becomes the old one,
/// and what nobody used in the meantime is forgotten.
/// </summary>
internal sealed class TokenCache(int generationSize = 50_000)
{
    private ConcurrentDictionary<string, Caller> young = new();
    private ConcurrentDictionary<string, Caller> old = new();
    private int youngCount;

    public Caller? Find(ReadOnlySpan<char> token)
    {
        if (young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var caller))
            return caller;
        if (old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out caller))
            Add(token.ToString(), caller);
        return caller;
    }

    public void Add(string token, Caller caller)
    {
        if (!young.TryAdd(token, caller) || Interlocked.Increment(ref youngCount) != generationSize)
            return;
        Interlocked.Exchange(ref youngCount, 0);
        old = young;
        young = new();
    }
}
