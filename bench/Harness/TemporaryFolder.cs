namespace Exchange.Bench.Harness;

/// <summary>A folder with room for a data folder and the logs beside it, all of which go away together.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exchange-");

    public string Path => _folder.FullName;

    public string Data => System.IO.Path.Combine(Path, "data");

    public static long BytesIn(string folder)
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            bytes += file.Length;
        return bytes;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
