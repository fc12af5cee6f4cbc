namespace Exchange.Storage;

public enum StorageFailure
{
    /// <summary>Another process works on the same data.</summary>
    InUse,

    /// <summary>The file was not made by this exchange.</summary>
    Foreign,

    /// <summary>The file, or what it holds, is not whole.</summary>
    Damaged,

    /// <summary>A later version of the exchange wrote this data.</summary>
    Newer,

    /// <summary>The storage did not do what it was asked: disk full, no permission, an I/O error.</summary>
    Unavailable,

    /// <summary>The database server cannot be reached, or went away.</summary>
    Disconnected,
}

public sealed class StorageException(StorageFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StorageFailure Failure { get; } = failure;
}
