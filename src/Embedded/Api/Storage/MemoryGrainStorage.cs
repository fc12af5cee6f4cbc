using System.Collections.Concurrent;
using System.Globalization;
using Exchange.Embedded.Copying;

namespace Orleans.Storage;

/// <summary>Keeps grain state for the life of the silo, with the version check of a real store.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), Stored> _records = new();
    private long _lastVersion;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _records.GetValueOrDefault((stateName, grainId));
        grainState.State = found is null ? Activator.CreateInstance<T>() : DeepCopy.Of((T)found.State!);
        (grainState.ETag, grainState.RecordExists) = (found?.ETag, found is not null);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = Interlocked.Increment(ref _lastVersion).ToString(CultureInfo.InvariantCulture);
        var written = new Stored(DeepCopy.Of(grainState.State), version);
        _records.AddOrUpdate(
            (stateName, grainId),
            static (key, w) => w.ReadETag is null ? w.Written : throw Conflict(key, null, w.ReadETag),
            static (key, stored, w) => stored.ETag == w.ReadETag ? w.Written : throw Conflict(key, stored.ETag, w.ReadETag),
            (Written: written, ReadETag: grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (version, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var stored))
        {
            if (stored.ETag != grainState.ETag || !_records.TryRemove(new KeyValuePair<(string, GrainId), Stored>(key, stored)))
                throw Conflict(key, stored.ETag, grainState.ETag);
        }

        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    private static InconsistentStateException Conflict((string StateName, GrainId GrainId) key, string? stored, string? read) =>
        new($"Version conflict in state {key.StateName} of {key.GrainId}: stored {stored ?? "nothing"}, read {read ?? "nothing"}.", stored, read);

    private sealed record Stored(object? State, string ETag);
}
