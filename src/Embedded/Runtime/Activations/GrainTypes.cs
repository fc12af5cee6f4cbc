using System.Collections.Concurrent;
using System.Reflection;

namespace Exchange.Embedded.Runtime;

/// <summary>Finds the grain classes of the application and answers which one implements an interface.</summary>
internal sealed class GrainTypes
{
    private readonly ConcurrentDictionary<Type, GrainClass> _byInterface = new();
    private readonly ConcurrentDictionary<GrainType, GrainClass> _byName = new();
    private readonly Lazy<Type[]> _classes = new(FindClasses);
    private readonly Func<Type, TimeSpan> _ageLimit;

    internal GrainTypes(Func<Type, TimeSpan> ageLimit) => _ageLimit = ageLimit;

    internal static bool IsGrainInterface(Type type) =>
        type.IsInterface && typeof(IGrain).IsAssignableFrom(type)
        && (type.Assembly != typeof(IGrain).Assembly || type == typeof(IManagementGrain));

    internal GrainClass ClassFor(Type grainInterface) => _byInterface.GetOrAdd(grainInterface, Resolve);

    internal GrainClass ClassNamed(GrainType name) => _byName.TryGetValue(name, out var known)
        ? known
        : _classes.Value.Select(Register).FirstOrDefault(c => c.GrainType == name)
            ?? throw new ArgumentException($"Could not find an implementation for grain type {name}");

    private GrainClass Resolve(Type grainInterface)
    {
        var candidates = _classes.Value.Where(grainInterface.IsAssignableFrom).ToArray();
        return candidates.Length switch
        {
            1 => Register(candidates[0]),
            0 => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {grainInterface}. Candidates: "
                    + $"{string.Join(", ", candidates.Select(c => c.FullName))}"),
        };
    }

    private GrainClass Register(Type type)
    {
        var made = new GrainClass(type, _ageLimit(type));
        var registered = _byName.GetOrAdd(made.GrainType, made);
        return registered.Type == type
            ? registered
            : throw new ArgumentException($"{type} and {registered.Type} have the same grain type name \"{made.GrainType}\"");
    }

    private static Type[] FindClasses() =>
        [.. ApplicationAssemblies().SelectMany(TypesOf).Where(IsGrainClass), typeof(ManagementGrain)];

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrain).IsAssignableFrom(type);

    /// <summary>Assemblies that refer to this one, whether they are loaded already or only referred to by a loaded one.</summary>
    private static IEnumerable<Assembly> ApplicationAssemblies()
    {
        var self = typeof(IGrain).Assembly.GetName().Name;
        var seen = new HashSet<string>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            if (!seen.Add(assembly.FullName!) || IsFramework(assembly.GetName()))
                continue;

            var references = assembly.GetReferencedAssemblies();
            if (references.Any(r => r.Name == self))
                yield return assembly;

            foreach (var reference in references.Where(r => !seen.Contains(r.FullName) && !IsFramework(r)))
            {
                if (TryLoad(reference) is { } loaded)
                    open.Enqueue(loaded);
            }
        }
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name is "mscorlib" or "netstandard" || name.Name!.StartsWith("System", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
