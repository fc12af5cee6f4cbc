namespace Exchange.Embedded.Copying;

/// <summary>
/// What crosses a grain boundary is copied, unless nobody can change it. A type that a serializer would not take is refused.
/// </summary>
public static class DeepCopy
{
    public static T Of<T>(T value)
    {
        if (Sharing<T>.IsSafe || value is null)
            return value;

        return (T)new CopyContext(typeof(T)).Copy(value);
    }

    private static class Sharing<T>
    {
        internal static readonly bool IsSafe = TypeFacts.IsShareableAs(typeof(T));
    }
}

/// <summary>One copy: an object that occurs twice in the original occurs twice in the copy too.</summary>
internal sealed class CopyContext(Type declared)
{
    private Dictionary<object, object>? _copies;

    internal object Copy(object original)
    {
        if (original is IAddressable addressable)
            return Reference(addressable);

        var facts = TypeFacts.Of(original.GetType());
        if (facts.IsShareable)
            return original;

        if (_copies is not null && _copies.TryGetValue(original, out var made))
            return made;

        return facts.Copier.Copy(original, this);
    }

    internal void Remember(object original, object copy)
    {
        if (!original.GetType().IsValueType)
            (_copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance)).Add(original, copy);
    }

    /// <summary>A grain that passes itself passes its reference.</summary>
    private object Reference(IAddressable addressable) => addressable switch
    {
        GrainReference reference => reference,
        IGrainObserver observer => throw new NotSupportedException(
            $"IGrainObserver parameters must be GrainReference or Grain and cannot be type {observer.GetType()}. Did you forget to "
                + "CreateObjectReference?"),
        IGrainBase grain => grain.GrainContext.GrainReference.CastTo(declared),
        _ => throw new NotSupportedException($"{addressable.GetType()} is neither a grain nor a reference to one."),
    };
}
