using System.Reflection;

namespace Exchange.Testing;

/// <summary>The state of one message type, without that of its base types.</summary>
internal static class MessageMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(Declared).Where(field => !field.IsDefined(typeof(NonSerializedAttribute)));

    internal static string NameOf(FieldInfo field) => PropertyOf(field)?.Name ?? field.Name;

    internal static IEnumerable<string> FaultsOf(Type type)
    {
        var ids = new Dictionary<uint, string>();
        foreach (var field in FieldsOf(type))
        {
            var name = NameOf(field);
            var id = Attributes.Argument(field, Attributes.Id)
                ?? (PropertyOf(field) is { } property ? Attributes.Argument(property, Attributes.Id) : null);
            if (id is not uint number)
                yield return $"{type.FullName}.{name} has no [Id]";
            else if (!ids.TryAdd(number, name))
                yield return $"{type.FullName}.{name} has the [Id({number})] of {ids[number]}";
        }
    }

    private static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>')], Declared) : null;
}

internal static class Attributes
{
    internal const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";
    internal const string Immutable = "Orleans.ImmutableAttribute";
    internal const string Alias = "Orleans.AliasAttribute";
    internal const string Id = "Orleans.IdAttribute";

    internal static bool Has(MemberInfo member, string attribute) => Find(member, attribute) is not null;

    internal static object? Argument(MemberInfo member, string attribute) =>
        Find(member, attribute)?.ConstructorArguments.FirstOrDefault().Value;

    private static CustomAttributeData? Find(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName == attribute);
}
