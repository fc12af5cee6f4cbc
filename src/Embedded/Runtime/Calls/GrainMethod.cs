using System.Reflection;
using Orleans.Concurrency;

namespace Exchange.Embedded.Runtime;

/// <summary>What is known of a method of a grain interface before it is called.</summary>
internal sealed class GrainMethod
{
    internal GrainMethod(Type grainInterface, MethodInfo method)
    {
        Interface = grainInterface;
        Method = method;
        IsOneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        AlwaysInterleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
    }

    internal Type Interface { get; }

    internal MethodInfo Method { get; }

    internal bool IsOneWay { get; }

    internal bool AlwaysInterleaves { get; }

    internal bool IsReadOnly { get; }

    internal TimeSpan? Timeout { get; }

    public override string ToString() => $"{Interface.Name}.{Method.Name}";
}
