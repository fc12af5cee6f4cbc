using System.Collections.Concurrent;
using System.Reflection;

namespace Exchange.Embedded.Runtime;

/// <summary>Makes references; the class of a reference is emitted when its interface is first used.</summary>
internal sealed class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<Emitted>> s_emitted = new();

    internal delegate GrainReference Constructor(Silo silo, GrainId grainId, GrainInterfaceType interfaceType);

    internal GrainReference Create(Type grainInterface, Silo silo, GrainId grainId)
    {
        if (grainInterface == typeof(IAddressable))
            return new GrainReference(silo, grainId, default);

        var emitted = s_emitted.GetOrAdd(grainInterface, Prepare).Value;
        return emitted.Constructor(silo, grainId, emitted.InterfaceType);
    }

    internal static GrainInterfaceType InterfaceTypeOf(Type grainInterface) => GrainInterfaceType.Create(
        grainInterface.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias ?? grainInterface.FullName!);

    private static Lazy<Emitted> Prepare(Type grainInterface) =>
        new(() => new Emitted(ProxyEmitter.Emit(grainInterface), InterfaceTypeOf(grainInterface)));

    private sealed record Emitted(Constructor Constructor, GrainInterfaceType InterfaceType);
}
