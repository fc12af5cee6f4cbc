using System.Reflection;

namespace Exchange.Embedded.Runtime;

/// <summary>What a grain interface must look like to be callable at all.</summary>
internal static class GrainInterfaceRules
{
    internal static IEnumerable<MethodInfo> MethodsOf(Type grainInterface) =>
        grainInterface.GetInterfaces().Prepend(grainInterface).SelectMany(i => i.GetMethods(BindingFlags.Public | BindingFlags.Instance));

    internal static void Check(Type grainInterface)
    {
        if (!grainInterface.IsInterface || !typeof(IAddressable).IsAssignableFrom(grainInterface))
            throw new ArgumentException($"{grainInterface} is not a grain or observer interface.");

        foreach (var method in MethodsOf(grainInterface))
        {
            if (method.IsGenericMethod || method.GetParameters().Any(p => p.ParameterType.IsByRef))
                throw new NotSupportedException(
                    $"{grainInterface.Name}.{method.Name}: generic methods and by-reference parameters are not supported.");
            if (!IsAllowedReturn(method.ReturnType, grainInterface))
                throw new NotSupportedException($"{grainInterface.Name}.{method.Name} must return Task, Task<T>, ValueTask or ValueTask<T>.");
        }
    }

    internal static bool IsAllowedReturn(Type returned, Type grainInterface) =>
        returned == typeof(Task) || returned == typeof(ValueTask)
        || (returned == typeof(void) && typeof(IGrainObserver).IsAssignableFrom(grainInterface))
        || (returned.IsGenericType && returned.GetGenericTypeDefinition() is var definition
            && (definition == typeof(Task<>) || definition == typeof(ValueTask<>)));
}
