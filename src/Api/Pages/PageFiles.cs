using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Api.Pages;

internal sealed record PageFile(byte[] Content, string ContentType, string ETag)
{
    private byte[]? compressed;

    /// <summary>Made when it is first asked for, so that starting does not wait for it.</summary>
    public byte[] Compressed => compressed ??= Compress(Content);

    private static byte[] Compress(byte[] content)
    {
        using var into = new MemoryStream();
        using (var brotli = new BrotliStream(into, CompressionLevel.Optimal))
            brotli.Write(content);
        return into.ToArray();
    }
}

/// <summary>
/// The page's files, in memory. Their version is a hash of them all and part of every address but the page's own: what has
/// been fetched once is good forever, and modules of two versions never meet.
/// </summary>
internal sealed class PageFiles
{
    public const string FolderKey = "Pages:Folder";
    private const string DefaultFolder = "web";
    private const string IndexName = "index.html";
    private const string ChartName = "js/vendor/lightweight-charts.mjs";
    private const string ConsoleFolder = "operator/";
    private const int VersionLength = 12;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    };

    private readonly FrozenDictionary<string, PageFile> files;

    private PageFiles(Dictionary<string, byte[]> contents)
    {
        Version = VersionOf(contents);
        files = contents.ToFrozenDictionary(
            pair => pair.Key, pair => new PageFile(pair.Value, ContentTypes[Path.GetExtension(pair.Key)], $"W/\"{Version}\""),
            StringComparer.Ordinal);
        HasChart = files.ContainsKey(ChartName);
        Visitor = Index(contents, hasCookie: false);
        SignedIn = Index(contents, hasCookie: true);
    }

    public string Version { get; }

    /// <summary>The one library is fetched by npm when the silo is built; without it the page draws less.</summary>
    public bool HasChart { get; }

    /// <summary>The page as it is sent to somebody without a cookie, so that it need not ask who that is.</summary>
    public PageFile Visitor { get; }
    public PageFile SignedIn { get; }

    public PageFile? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>Null where the silo was deployed without its page.</summary>
    /// <param name="folder">Beside the executable where nothing is given.</param>
    public static PageFiles? Load(string? folder)
    {
        folder = Path.Combine(AppContext.BaseDirectory, string.IsNullOrEmpty(folder) ? DefaultFolder : folder);
        if (!File.Exists(Path.Combine(folder, IndexName)))
            return null;
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (ContentTypes.ContainsKey(Path.GetExtension(file)))
                contents[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }
        return new PageFiles(contents);
    }

    private static string VersionOf(Dictionary<string, byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }

    /// <summary>
    /// Every module is named beforehand, so that the browser does not find them one import after the other; those of the console
    /// are not, for few people need them.
    /// </summary>
    private PageFile Index(Dictionary<string, byte[]> contents, bool hasCookie)
    {
        var modules = contents.Keys.Where(
            path => path.EndsWith(".js", StringComparison.Ordinal) && !path.StartsWith(ConsoleFolder, StringComparison.Ordinal));
        var preloads = string.Join("\n  ", modules.Select(path => $"<link rel=\"modulepreload\" href=\"/assets/{Version}/{path}\">"));
        var text = Encoding.UTF8.GetString(contents[IndexName])
            .Replace("{preloads}", preloads, StringComparison.Ordinal)
            .Replace("{assets}", $"/assets/{Version}", StringComparison.Ordinal)
            .Replace("{chart}", HasChart ? "true" : "false", StringComparison.Ordinal)
            .Replace("{cookie}", hasCookie ? "true" : "false", StringComparison.Ordinal);
        return new PageFile(Encoding.UTF8.GetBytes(text), ContentTypes[".html"], $"W/\"{Version}-{(hasCookie ? 1 : 0)}\"");
    }
}
