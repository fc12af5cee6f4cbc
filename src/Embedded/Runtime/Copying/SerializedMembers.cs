using System.Reflection;
using System.Runtime.CompilerServices;

namespace Exchange.Embedded.Copying;

/// <summary>The fields of a type that are its state, and what keeps a serializer from carrying them all.</summary>
internal static class SerializedMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal static IEnumerable<FieldInfo> FieldsOf(Type type) => Hierarchy(type).SelectMany(DeclaredFields);

    internal static bool IsMarkedImmutable(FieldInfo field) =>
        field.IsDefined(typeof(ImmutableAttribute)) || PropertyOf(field)?.IsDefined(typeof(ImmutableAttribute)) == true;

    /// <summary>One sentence per member that would be lost or confused on its way.</summary>
    internal static IEnumerable<string> FaultsOf(Type type)
    {
        foreach (var part in Hierarchy(type))
        {
            if (!part.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            {
                yield return $"{part} has no [GenerateSerializer]";
                continue;
            }

            foreach (var fault in MemberFaults(part))
                yield return fault;
        }
    }

    private static IEnumerable<string> MemberFaults(Type type)
    {
        var ids = new Dictionary<uint, string>();
        var positional = PositionalParameters(type);
        foreach (var field in DeclaredFields(type))
        {
            var name = PropertyOf(field)?.Name ?? field.Name;
            var id = IdOf(field, positional);
            if (id is null)
            {
                if (!positional.ContainsKey(name))
                    yield return $"{type}.{name} has no [Id]";
            }
            else if (!ids.TryAdd(id.Value, name))
            {
                yield return $"{type}.{name} has the [Id({id})] of {ids[id.Value]}";
            }
        }
    }

    private static uint? IdOf(FieldInfo field, Dictionary<string, ParameterInfo> positional)
    {
        var property = PropertyOf(field);
        var attribute = field.GetCustomAttribute<IdAttribute>() ?? property?.GetCustomAttribute<IdAttribute>();
        if (attribute is null && property is not null && positional.TryGetValue(property.Name, out var parameter))
            attribute = parameter.GetCustomAttribute<IdAttribute>();
        return attribute?.Id;
    }

    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
            yield return part;
    }

    private static IEnumerable<FieldInfo> DeclaredFields(Type type) => type.GetFields(Declared).Where(
        f => !f.IsDefined(typeof(NonSerializedAttribute)));

    private static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>')], Declared)
            : null;

    /// <summary>The parameters of a record's primary constructor are members without being told.</summary>
    private static Dictionary<string, ParameterInfo> PositionalParameters(Type type)
    {
        var attribute = type.GetCustomAttribute<GenerateSerializerAttribute>()!;
        if (!IsRecord(type) && !attribute.IncludePrimaryConstructorParameters)
            return [];

        var properties = type.GetProperties(Declared).Select(p => p.Name).ToHashSet();
        return type.GetConstructors(Declared)
            .Select(c => c.GetParameters())
            .Where(parameters => parameters.Length > 0 && parameters.All(p => properties.Contains(p.Name!)))
            .OrderByDescending(parameters => parameters.Length)
            .FirstOrDefault([])
            .ToDictionary(p => p.Name!);
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null
        || type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
}
