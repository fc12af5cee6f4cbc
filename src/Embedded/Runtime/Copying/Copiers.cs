using Orleans.Serialization;

namespace Exchange.Embedded.Copying;

internal abstract class Copier
{
    internal abstract object Copy(object original, CopyContext context);
}

/// <summary>Chooses how objects of a type are copied, or refuses them.</summary>
internal static class Copiers
{
    internal static Copier For(Type type)
    {
        if (type.IsArray)
            return Make(typeof(ArrayCopier<>), type.GetElementType()!);
        if (type.IsGenericType && CollectionCopierFor(type.GetGenericTypeDefinition()) is { } copier)
            return Make(copier, type.GetGenericArguments());
        if (TypeFacts.IsImmutableGeneric(type))
            return ImmutableGenericCopiers.For(type);
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            throw new CodecNotFoundException($"Could not find a copier for type {type}: it has no [GenerateSerializer].");
        if (SerializedMembers.FaultsOf(type).ToArray() is { Length: > 0 } faults)
            throw new CodecNotFoundException($"{type} cannot cross a grain boundary: {string.Join("; ", faults)}.");

        return new MemberwiseCopier(type);
    }

    private static Type? CollectionCopierFor(Type definition) => definition switch
    {
        _ when definition == typeof(List<>) => typeof(ListCopier<>),
        _ when definition == typeof(Dictionary<,>) => typeof(DictionaryCopier<,>),
        _ when definition == typeof(SortedDictionary<,>) => typeof(SortedDictionaryCopier<,>),
        _ when definition == typeof(HashSet<>) => typeof(HashSetCopier<>),
        _ when definition == typeof(Queue<>) => typeof(QueueCopier<>),
        _ => null,
    };

    private static Copier Make(Type copier, params Type[] arguments) =>
        (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments), nonPublic: true)!;
}
