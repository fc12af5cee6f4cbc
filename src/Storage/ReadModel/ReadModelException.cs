namespace Exchange.Storage.ReadModel;

/// <summary>A record that cannot be taken in. It is never skipped: the read model stays where it is until the cause is gone.</summary>
internal sealed class ReadModelException(string stream, long sequence, Exception inner)
    : Exception($"Record {sequence} of '{stream}' cannot be taken into the read model: {inner.Message}", inner);
