using System.Collections.Immutable;

namespace Exchange.Testing;

/// <summary>What both engines carry across a grain boundary without being told how.</summary>
internal static class Carried
{
    private static readonly HashSet<Type> s_values =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(CancellationToken),
    ];

    private static readonly HashSet<Type> s_collections =
    [
        typeof(Nullable<>), typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(SortedDictionary<,>), typeof(Queue<>),
        typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedDictionary<,>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
    ];

    internal static bool AsIs(Type type) =>
        type.IsPrimitive || type.IsEnum || s_values.Contains(type) || typeof(Exception).IsAssignableFrom(type)
        || type.Namespace is "Orleans.Runtime";

    internal static bool AsCollection(Type type) => s_collections.Contains(type.GetGenericTypeDefinition());
}
