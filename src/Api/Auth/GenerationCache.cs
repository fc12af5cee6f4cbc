using System.Collections.Concurrent;

namespace Exchange.Api.Auth;

/// <summary>
/// A bounded cache. When the young generation is full it becomes the old one, and what nobody used in the meantime is forgotten.
/// </summary>
internal sealed class GenerationCache<T>(int generationSize) where T : class
{
    private ConcurrentDictionary<string, T> young = new();
    private ConcurrentDictionary<string, T> old = new();
    private int youngCount;

    public T? Find(ReadOnlySpan<char> key)
    {
        if (young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var value))
            return value;
        if (old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out value))
            value = Add(key.ToString(), value);
        return value;
    }

    /// <summary>Answers with what is known under the key from now on: somebody else may have been first.</summary>
    public T Add(string key, T value)
    {
        var known = young.GetOrAdd(key, value);
        if (!ReferenceEquals(known, value) || Interlocked.Increment(ref youngCount) != generationSize)
            return known;
        Interlocked.Exchange(ref youngCount, 0);
        old = young;
        young = new();
        return known;
    }

    public void Remove(string key)
    {
        young.TryRemove(key, out _);
        old.TryRemove(key, out _);
    }
}
