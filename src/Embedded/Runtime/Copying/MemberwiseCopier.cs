using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Exchange.Embedded.Copying;

/// <summary>Copies an object field by field; the messages on hot paths are immutable and never come here.</summary>
internal sealed class MemberwiseCopier : Copier
{
    private readonly Type _type;
    private readonly FieldInfo[] _shared;
    private readonly FieldInfo[] _copied;

    internal MemberwiseCopier(Type type)
    {
        _type = type;
        var fields = SerializedMembers.FieldsOf(type).ToLookup(f => SerializedMembers.IsMarkedImmutable(f) || TypeFacts.IsShareableAs(f.FieldType));
        (_shared, _copied) = ([.. fields[true]], [.. fields[false]]);
    }

    internal override object Copy(object original, CopyContext context)
    {
        var copy = RuntimeHelpers.GetUninitializedObject(_type);
        context.Remember(original, copy);
        foreach (var field in _shared)
            field.SetValue(copy, field.GetValue(original));
        foreach (var field in _copied)
            field.SetValue(copy, field.GetValue(original) is { } value ? context.Copy(value) : null);
        return copy;
    }
}

/// <summary>Tuples and immutable collections whose elements can change.</summary>
internal static class ImmutableGenericCopiers
{
    internal static Copier For(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableArray<>))
            return (Copier)Activator.CreateInstance(typeof(ImmutableArrayCopier<>).MakeGenericType(type.GetGenericArguments()), nonPublic: true)!;
        if (definition.Namespace == typeof(ImmutableArray).Namespace)
            throw new CodecNotFoundException(
                $"{type} has elements that can change; this engine copies such elements in ImmutableArray, List and arrays only.");

        return new FieldwiseCopier(type);
    }

    private sealed class FieldwiseCopier(Type type) : Copier
    {
        private readonly FieldInfo[] _fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

        internal override object Copy(object original, CopyContext context)
        {
            var copy = RuntimeHelpers.GetUninitializedObject(type);
            context.Remember(original, copy);
            foreach (var field in _fields)
                field.SetValue(copy, field.GetValue(original) is { } value ? context.Copy(value) : null);
            return copy;
        }
    }
}

internal sealed class ImmutableArrayCopier<T> : Copier
{
    internal override object Copy(object original, CopyContext context)
    {
        var source = (ImmutableArray<T>)original;
        return source.IsDefault ? original : (object)ImmutableArray.CreateRange(source, static (element, c) => Elements<T>.Copy(element, c), context);
    }
}
