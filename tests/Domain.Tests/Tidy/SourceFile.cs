using System.Text.RegularExpressions;

namespace Exchange.Domain.Tests.Tidy;

/// <summary>A source file of the repository, its path relative to the root with forward slashes.</summary>
internal sealed partial record SourceFile(string Path, string[] Lines)
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> All { get; } = Find("*.cs");

    public static IReadOnlyList<SourceFile> Projects { get; } = Find("*.csproj");

    /// <summary>Lines by their number, without what stands behind a double slash.</summary>
    public IEnumerable<(int Number, string Code)> Code()
    {
        for (var i = 0; i < Lines.Length; i++)
            yield return (i + 1, Comment().Replace(Lines[i], ""));
    }

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    [GeneratedRegex("(?<![:\"])//.*$")]
    private static partial Regex Comment();

    private static List<SourceFile> Find(string pattern) =>
    [
        .. from folder in Folders
           let full = System.IO.Path.Combine(Root, folder)
           where Directory.Exists(full)
           from file in Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
           where !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
           orderby path
           select new SourceFile(path, File.ReadAllLines(file)),
    ];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Orleans.Exchange.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
