using System.Collections.Concurrent;
using System.Reflection;

namespace Exchange.Embedded.Runtime;

/// <summary>Makes references; the class of a reference is emitted when its interface is first used.</summary>
internal sealed class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<Constructor>> s_constructors = new();

    internal delegate GrainReference Constructor(Silo silo, GrainId grainId, GrainInterfaceType interfaceType);

    internal GrainReference Create(Type grainInterface, Silo silo, GrainId grainId) =>
        grainInterface == typeof(IAddressable)
            ? new GrainReference(silo, grainId, default)
            : s_constructors.GetOrAdd(grainInterface, Prepare).Value(silo, grainId, InterfaceTypeOf(grainInterface));

    internal static GrainInterfaceType InterfaceTypeOf(Type grainInterface) => GrainInterfaceType.Create(
        grainInterface.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias ?? grainInterface.FullName!);

    private static Lazy<Constructor> Prepare(Type grainInterface) => new(() => ProxyEmitter.Emit(grainInterface));
}
