using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Exchange.Grains.Tests.Support;

/// <summary>Grain state that outlives the silos of a test, as JSON like the exchange's own store.</summary>
public sealed class KeptGrainStates : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (byte[] Json, string ETag)> _records = new();
    private long _lastVersion;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var isThere = _records.TryGetValue((stateName, grainId), out var stored);
        grainState.State = isThere ? JsonSerializer.Deserialize<T>(stored.Json)! : Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (isThere ? stored.ETag : null!, isThere);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var written = (
            JsonSerializer.SerializeToUtf8Bytes(grainState.State), Interlocked.Increment(ref _lastVersion).ToString(CultureInfo.InvariantCulture));
        _records[(stateName, grainId)] = written;
        (grainState.ETag, grainState.RecordExists) = (written.Item2, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove((stateName, grainId), out _);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null!, false);
        return Task.CompletedTask;
    }
}
