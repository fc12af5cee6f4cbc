using System.Reflection;

namespace Exchange.Testing;

/// <summary>
/// Walks the grain and observer interfaces of assemblies and everything that crosses them, and lists what would not survive the way to another
/// silo, or a later version of it. It knows Orleans' attributes by name, so it judges the same on either engine.
/// </summary>
public sealed class GrainInterfaceAudit
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, Type> _aliases = [];
    private readonly HashSet<Type> _seen = [];
    private readonly Type[] _types;

    private GrainInterfaceAudit(IEnumerable<Assembly> assemblies) => _types = [.. assemblies.SelectMany(a => a.GetTypes())];

    /// <summary>One sentence per fault, in order; none when all is well.</summary>
    public static IReadOnlyList<string> FaultsOf(params Assembly[] assemblies)
    {
        var audit = new GrainInterfaceAudit(assemblies);
        foreach (var grainInterface in audit._types.Where(IsAddressable))
            audit.CheckInterface(grainInterface);
        return [.. audit._faults.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same for some interfaces only.</summary>
    public static IReadOnlyList<string> FaultsOf(params Type[] interfaces)
    {
        var audit = new GrainInterfaceAudit([]);
        foreach (var grainInterface in interfaces)
            audit.CheckInterface(grainInterface);
        return [.. audit._faults.Order(StringComparer.Ordinal)];
    }

    /// <summary>How many interfaces an audit of the assemblies looks at, so that a test can tell that it looked at all.</summary>
    public static int CountInterfaces(params Assembly[] assemblies) => assemblies.SelectMany(a => a.GetTypes()).Count(IsAddressable);

    private static bool IsAddressable(Type type) =>
        type.IsInterface && type.GetInterfaces().Any(i => i.FullName == "Orleans.Runtime.IAddressable");

    private static bool IsObserver(Type type) => type.GetInterfaces().Any(i => i.FullName == "Orleans.IGrainObserver");

    private void CheckInterface(Type grainInterface)
    {
        CheckAlias(grainInterface);
        foreach (var method in grainInterface.GetMethods())
        {
            var name = $"{grainInterface.FullName}.{method.Name}";
            if (method.IsGenericMethod)
                _faults.Add($"{name} is generic");
            CheckReturn(grainInterface, method, name);
            foreach (var parameter in method.GetParameters())
                CheckCrossing(parameter.ParameterType, $"{name}({parameter.Name})");
        }
    }

    private void CheckReturn(Type grainInterface, MethodInfo method, string name)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task) || returned == typeof(ValueTask) || (returned == typeof(void) && IsObserver(grainInterface)))
            return;

        if (returned.IsGenericType && returned.GetGenericTypeDefinition() is var task && (task == typeof(Task<>) || task == typeof(ValueTask<>)))
            CheckCrossing(returned.GetGenericArguments()[0], name);
        else
            _faults.Add($"{name} returns {returned.Name}, not a task");
    }

    private void CheckCrossing(Type type, string where)
    {
        if (Carried.AsIs(type) || IsAddressable(type) || type.IsGenericParameter)
            return;

        if (type.IsArray)
            CheckCrossing(type.GetElementType()!, where);
        else if (type.IsGenericType && Carried.AsCollection(type))
            Array.ForEach(type.GetGenericArguments(), argument => CheckCrossing(argument, where));
        else if (type.IsInterface && type.Namespace!.StartsWith("System.Collections", StringComparison.Ordinal))
            _faults.Add($"{where} is declared as {type.Name}: what hides behind it may have no serializer");
        else if (_seen.Add(type))
            CheckMessage(type, where);
    }

    private void CheckMessage(Type type, string where)
    {
        if (!Attributes.Has(type, Attributes.GenerateSerializer))
        {
            _faults.Add($"{where}: {type.FullName} has no [GenerateSerializer]");
            return;
        }

        CheckAlias(type);
        if (!Attributes.Has(type, Attributes.Immutable))
            _faults.Add($"{type.FullName} is not [Immutable]: it is copied with every call");
        _faults.AddRange(MessageMembers.FaultsOf(type));
        foreach (var field in MessageMembers.FieldsOf(type))
            CheckCrossing(field.FieldType, $"{type.FullName}.{MessageMembers.NameOf(field)}");
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            CheckCrossing(parent, type.FullName!);
        foreach (var derived in _types.Where(t => t.BaseType == type))
            CheckCrossing(derived, $"{type.FullName} has a subtype");
    }

    private void CheckAlias(Type type)
    {
        if (Attributes.Argument(type, Attributes.Alias) is not string alias)
            _faults.Add($"{type.FullName} has no [Alias]");
        else if (!_aliases.TryAdd(alias, type) && _aliases[alias] != type)
            _faults.Add($"{type.FullName} has the [Alias(\"{alias}\")] of {_aliases[alias].FullName}");
    }
}
