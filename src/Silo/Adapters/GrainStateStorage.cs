using Exchange.Storage.State;
using Orleans.Storage;

namespace Exchange.Silo.Adapters;

/// <summary>Grain state in the exchange's own storage, as JSON.</summary>
internal sealed class GrainStateStorage(IGrainStateStore store) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await store.ReadAsync(stateName, grainId.ToString());
        grainState.State = stored.Payload is { } payload ? StateJson.Read<T>(payload.Span) : Activator.CreateInstance<T>();
        grainState.ETag = stored.ETag;
        grainState.RecordExists = stored.Payload is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            var payload = StateJson.Write(grainState.State);
            grainState.ETag = await store.WriteAsync(stateName, grainId.ToString(), grainState.ETag, payload);
            grainState.RecordExists = true;
        }
        catch (GrainStateConflictException conflict)
        {
            throw Inconsistent(conflict);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            grainState.ETag = await store.ClearAsync(stateName, grainId.ToString(), grainState.ETag);
            grainState.State = Activator.CreateInstance<T>();
            grainState.RecordExists = false;
        }
        catch (GrainStateConflictException conflict)
        {
            throw Inconsistent(conflict);
        }
    }

    /// <summary>The engine knows this one: it throws the activation away.</summary>
    private static InconsistentStateException Inconsistent(GrainStateConflictException conflict) =>
        new(conflict.Message, conflict.StoredETag, conflict.ExpectedETag);
}
