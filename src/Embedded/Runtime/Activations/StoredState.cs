using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Exchange.Embedded.Runtime;

internal interface IStoredState
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}

internal static class StoredState
{
    private static readonly MethodInfo s_create =
        typeof(StoredState).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static Func<Activation, IPersistentStateConfiguration, object> FactoryFor(Type stateType) =>
        s_create.MakeGenericMethod(stateType).CreateDelegate<Func<Activation, IPersistentStateConfiguration, object>>();

    private static object Create<TState>(Activation activation, IPersistentStateConfiguration configuration)
    {
        var storage = string.IsNullOrWhiteSpace(configuration.StorageName)
            ? activation.ActivationServices.GetService<IGrainStorage>()
            : activation.ActivationServices.GetKeyedService<IGrainStorage>(configuration.StorageName);
        if (storage is null)
            throw new BadProviderConfigException($"No storage provider named \"{configuration.StorageName}\" found for {activation.GrainId.Type}.");

        var state = new StoredState<TState>(configuration.StateName, activation.GrainId, storage);
        activation.StoredStates.Add(state);
        return state;
    }
}

internal sealed class StoredState<TState>(string name, GrainId grainId, IGrainStorage storage) : IPersistentState<TState>, IStoredState
{
    private readonly GrainState<TState> _stored = new(Fresh());

    public TState State
    {
        get => _stored.State!;
        set => _stored.State = value;
    }

    public string? Etag => _stored.ETag;

    public bool RecordExists => _stored.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(name, grainId, _stored, cancellationToken);
        _stored.State ??= Fresh();
    }

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        storage.WriteStateAsync(name, grainId, _stored, cancellationToken);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(name, grainId, _stored, cancellationToken);
        _stored.State = Fresh();
    }

    private static TState Fresh() => Activator.CreateInstance<TState>();
}
