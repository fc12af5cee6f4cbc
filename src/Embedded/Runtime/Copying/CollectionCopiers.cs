using System.Runtime.InteropServices;

namespace Exchange.Embedded.Copying;

/// <summary>Copies the elements of a collection, or just takes them over when they may be shared.</summary>
internal readonly struct Elements<T>
{
    internal static readonly bool AreShareable = TypeFacts.IsShareableAs(typeof(T));

    internal static T Copy(T original, CopyContext context) =>
        AreShareable || original is null ? original : (T)context.Copy(original);
}

internal sealed class ArrayCopier<T> : Copier
{
    internal override object Copy(object original, CopyContext context)
    {
        var copy = (T[])((T[])original).Clone();
        context.Remember(original, copy);
        for (var i = 0; i < copy.Length && !Elements<T>.AreShareable; i++)
            copy[i] = Elements<T>.Copy(copy[i], context);
        return copy;
    }
}

internal sealed class ListCopier<T> : Copier
{
    internal override object Copy(object original, CopyContext context)
    {
        var copy = new List<T>((List<T>)original);
        context.Remember(original, copy);
        if (!Elements<T>.AreShareable)
        {
            foreach (ref var element in CollectionsMarshal.AsSpan(copy))
                element = Elements<T>.Copy(element, context);
        }

        return copy;
    }
}

internal sealed class DictionaryCopier<TKey, TValue> : Copier
    where TKey : notnull
{
    internal override object Copy(object original, CopyContext context)
    {
        var source = (Dictionary<TKey, TValue>)original;
        var copy = new Dictionary<TKey, TValue>(source.Count, source.Comparer);
        context.Remember(original, copy);
        foreach (var (key, value) in source)
            copy.Add(Elements<TKey>.Copy(key, context), Elements<TValue>.Copy(value, context));
        return copy;
    }
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : Copier
    where TKey : notnull
{
    internal override object Copy(object original, CopyContext context)
    {
        var source = (SortedDictionary<TKey, TValue>)original;
        var copy = new SortedDictionary<TKey, TValue>(source.Comparer);
        context.Remember(original, copy);
        foreach (var (key, value) in source)
            copy.Add(Elements<TKey>.Copy(key, context), Elements<TValue>.Copy(value, context));
        return copy;
    }
}

internal sealed class HashSetCopier<T> : Copier
{
    internal override object Copy(object original, CopyContext context)
    {
        var source = (HashSet<T>)original;
        var copy = new HashSet<T>(source.Count, source.Comparer);
        context.Remember(original, copy);
        foreach (var element in source)
            copy.Add(Elements<T>.Copy(element, context));
        return copy;
    }
}

internal sealed class QueueCopier<T> : Copier
{
    internal override object Copy(object original, CopyContext context)
    {
        var source = (Queue<T>)original;
        var copy = new Queue<T>(source.Count);
        context.Remember(original, copy);
        foreach (var element in source)
            copy.Enqueue(Elements<T>.Copy(element, context));
        return copy;
    }
}
