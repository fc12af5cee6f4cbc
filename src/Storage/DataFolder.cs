namespace Exchange.Storage;

/// <summary>The folder all data is in, held by one process at a time through a lock that the system drops when the process ends.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockFile = "lock";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    public string Path { get; }

    public static DataFolder Open(string folder)
    {
        string path = System.IO.Path.GetFullPath(folder);
        string lockPath = System.IO.Path.Combine(path, LockFile);
        try
        {
            Directory.CreateDirectory(path);
            var lockFile = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, lockFile);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException(StorageFailure.Unavailable, $"The data folder '{path}' cannot be used: {exception.Message}", exception);
        }
        catch (IOException exception) when (File.Exists(lockPath))
        {
            throw new StorageException(
                StorageFailure.InUse,
                $"The data folder '{path}' is in use by another process. Stop it, or choose another folder.",
                exception);
        }
        catch (IOException exception)
        {
            throw new StorageException(StorageFailure.Unavailable, $"The data folder '{path}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>The lock file stays: deleting it could pull it from under the next process.</summary>
    public void Dispose() => _lock.Dispose();
}
