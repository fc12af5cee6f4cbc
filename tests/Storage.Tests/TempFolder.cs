namespace Exchange.Storage.Tests;

public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("exchange-storage-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What a crash leaves behind: the files as they are on the disk at this moment.</summary>
    public TempFolder CopyAsAfterCrash()
    {
        var copy = new TempFolder();
        foreach (string file in Directory.GetFiles(Path, "*.db*"))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
            {
                System.IO.File.Copy(file, copy.File(System.IO.Path.GetFileName(file)));
            }
        }

        return copy;
    }

    public Dictionary<string, string> Contents() => Directory.GetFiles(Path)
        .Where(file => System.IO.Path.GetFileName(file) != "lock")
        .ToDictionary(file => System.IO.Path.GetFileName(file), file => Convert.ToHexString(System.IO.File.ReadAllBytes(file)));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
