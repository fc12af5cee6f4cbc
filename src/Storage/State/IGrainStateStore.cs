namespace Exchange.Storage.State;

/// <summary>A state as stored. Without an etag there never was one; without a payload it has been cleared.</summary>
public readonly record struct StoredState(string? ETag, ReadOnlyMemory<byte>? Payload);

/// <summary>Small versioned values, durable when the task completes.</summary>
public interface IGrainStateStore
{
    Task<StoredState> ReadAsync(string stateName, string grain);

    /// <summary>Takes the etag last read or written, null where there has never been a state, and gives the new one.</summary>
    /// <exception cref="GrainStateConflictException">Somebody else has written since.</exception>
    Task<string> WriteAsync(string stateName, string grain, string? expectedETag, ReadOnlyMemory<byte> payload);

    /// <summary>Removes the value but keeps counting versions, so that an etag from before never fits again.</summary>
    Task<string> ClearAsync(string stateName, string grain, string? expectedETag);
}

public sealed class GrainStateConflictException(string stateName, string grain, string? expected, string? stored)
    : Exception($"State '{stateName}' of '{grain}' is at version {stored ?? "none"}, not {expected ?? "none"}.")
{
    public string? ExpectedETag { get; } = expected;

    public string? StoredETag { get; } = stored;
}
