using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;

namespace Exchange.Embedded.Copying;

/// <summary>Whether objects of a type may be shared, and if not, how they are copied or why they are refused.</summary>
internal sealed class TypeFacts
{
    private static readonly ConcurrentDictionary<Type, TypeFacts> s_known = new();

    private static readonly HashSet<Type> s_values =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(Uri), typeof(Version), typeof(IPAddress),
        typeof(CancellationToken), typeof(object),
    ];

    private static readonly HashSet<Type> s_immutableGenerics =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableHashSet<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>),
    ];

    private readonly Lazy<Copier> _copier;

    private TypeFacts(Type type)
    {
        IsShareable = IsShareableExactly(type, []);
        _copier = new Lazy<Copier>(() => Copiers.For(type));
    }

    internal bool IsShareable { get; }

    internal Copier Copier => _copier.Value;

    internal static TypeFacts Of(Type type) => s_known.GetOrAdd(type, static t => new TypeFacts(t));

    /// <summary>Whether whatever a variable of the type holds may be shared; a derived type could differ, so only closed types qualify.</summary>
    internal static bool IsShareableAs(Type type) => IsShareableAs(type, []);

    internal static bool IsElementary(Type type) =>
        type.IsPrimitive || type.IsEnum || s_values.Contains(type) || typeof(Type).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type);

    internal static bool IsImmutableGeneric(Type type) =>
        type.IsGenericType && s_immutableGenerics.Contains(type.GetGenericTypeDefinition());

    private static bool IsShareableAs(Type type, HashSet<Type> open) =>
        (type.IsValueType || type.IsSealed || typeof(Exception).IsAssignableFrom(type)) && IsShareableExactly(type, open);

    private static bool IsShareableExactly(Type type, HashSet<Type> open)
    {
        if (IsElementary(type) || typeof(GrainReference).IsAssignableFrom(type))
            return true;
        if (IsImmutableGeneric(type))
            return type.GetGenericArguments().All(argument => IsShareableAs(argument, open));
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || SerializedMembers.FaultsOf(type).Any())
            return false;

        // A type that contains itself is as immutable as the rest of it.
        if (type.IsDefined(typeof(ImmutableAttribute), inherit: false) || !open.Add(type))
            return true;

        var shareable = SerializedMembers.FieldsOf(type).All(field =>
            field.IsInitOnly && (SerializedMembers.IsMarkedImmutable(field) || IsShareableAs(field.FieldType, open)));
        open.Remove(type);
        return shareable;
    }
}
