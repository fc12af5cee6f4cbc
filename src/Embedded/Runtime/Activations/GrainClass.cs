using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace Exchange.Embedded.Runtime;

/// <summary>What is known of a grain class: its name, its interfaces, its rules and how to make one.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInfo? _constructor;
    private readonly Func<Activation, object?>[] _arguments = [];

    internal GrainClass(Type type, TimeSpan ageLimit)
    {
        Type = type;
        GrainType = NameOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        AgeLimit = type.IsDefined(typeof(KeepAliveAttribute)) ? Timeout.InfiniteTimeSpan : AgeLimitOf(type) ?? ageLimit;
        Interfaces = [.. type.GetInterfaces().Where(GrainTypes.IsGrainInterface)];
        PrimaryInterface = Interfaces.FirstOrDefault(i => !Interfaces.Any(other => other != i && i.IsAssignableFrom(other))) ?? typeof(IAddressable);
        _constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        _arguments = [.. _constructor.GetParameters().Select(ArgumentFor)];
    }

    private GrainClass()
    {
        (Type, PrimaryInterface) = (typeof(IGrainObserver), typeof(IGrainObserver));
        (GrainType, AgeLimit) = (GrainType.Create("sys.observer"), Timeout.InfiniteTimeSpan);
    }

    internal static GrainClass Observer { get; } = new();

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal bool IsReentrant { get; }

    internal TimeSpan AgeLimit { get; }

    internal Type[] Interfaces { get; } = [];

    internal Type PrimaryInterface { get; }

    internal object CreateInstance(Activation activation)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = _arguments[i](activation);

        return _constructor!.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }

    private static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named)
            return named.GetGrainType(null, null);

        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name);
    }

    private static TimeSpan? AgeLimitOf(Type type) => type.GetCustomAttribute<CollectionAgeLimitAttribute>() switch
    {
        null => null,
        { AlwaysActive: true } => Timeout.InfiniteTimeSpan,
        { AgeLimit: var limit } => limit,
    };

    private static Func<Activation, object?> ArgumentFor(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } stored)
        {
            var stateType = parameter.ParameterType.GetGenericArguments()[0];
            var create = StoredState.FactoryFor(stateType);
            return activation => create(activation, stored);
        }

        if (parameter.ParameterType == typeof(IGrainContext))
            return activation => activation;

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(parameter.ParameterType);
    }
}
