using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Exchange.Domain.Tests.Tidy;

/// <summary>The house rules that a compiler does not know.</summary>
public sealed partial class TidyTests
{
    private const int FileLinesMax = 400;
    private const int LineLengthMax = 150;

    /// <summary>Files that may be longer, each with a reason to be.</summary>
    private static readonly string[] LongFiles = [];

    /// <summary>Who may refer to whom; what is not listed may refer to everything.</summary>
    private static readonly Dictionary<string, string[]> MayReferTo = new()
    {
        ["Domain"] = [],
        ["Embedded"] = [],
        ["Storage"] = ["Domain"],
        ["Feeds"] = ["Domain"],
        ["Grains.Interfaces"] = ["Domain"],
        ["Grains"] = ["Domain", "Grains.Interfaces", "Storage", "Feeds"],
        ["Api"] = ["Domain", "Grains.Interfaces", "Storage"],
        ["Silo"] = ["Domain", "Grains.Interfaces", "Grains", "Storage", "Feeds", "Api"],
    };

    [Fact]
    public void The_repository_is_found()
    {
        Assert.Contains(SourceFile.All, file => file.Path == "tests/Domain.Tests/Tidy/TidyTests.cs");
        Assert.Contains(SourceFile.Projects, file => file.Path == "src/Domain/Domain.csproj");
    }

    [Fact]
    public void The_domain_has_no_clock_no_chance_no_threads_and_no_files()
    {
        AssertNone(Matches(file => file.IsIn("src/Domain"), BannedInDomain()));
    }

    [Fact]
    public void The_domain_counts_in_whole_numbers_and_decimals()
    {
        AssertNone(Matches(file => file.IsIn("src/Domain"), FloatingPoint()));
    }

    [Fact]
    public void The_domain_stands_alone()
    {
        var domain = SourceFile.Projects.Single(file => file.Path == "src/Domain/Domain.csproj");
        var references = XDocument.Parse(string.Join('\n', domain.Lines)).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference");

        Assert.Empty(references);
    }

    [Fact]
    public void References_between_projects_point_one_way()
    {
        var wrong = from project in SourceFile.Projects
                    where project.IsIn("src")
                    let name = System.IO.Path.GetFileNameWithoutExtension(project.Path)
                    where MayReferTo.ContainsKey(name)
                    from reference in XDocument.Parse(string.Join('\n', project.Lines)).Descendants("ProjectReference")
                    let target = System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
                    where !MayReferTo[name].Contains(target)
                    select $"{name} -> {target}";

        AssertNone(wrong);
    }

    [Fact]
    public void Only_the_composition_knows_which_engine_runs()
    {
        string[] folders = ["src/Domain", "src/Grains", "src/Grains.Interfaces", "src/Api", "src/Storage", "src/Feeds", "tests"];

        AssertNone(Matches(file => folders.Any(file.IsIn), ConditionalCompilation()));
    }

    [Fact]
    public void Nothing_is_left_for_later_and_nothing_is_folded_away()
    {
        var marks = new Regex($@"\b(TO{"DO"}|FIX{"ME"}|HA{"CK"}|X{"XX"})\b|^\s*#\s*re{"gion"}");

        AssertNone(
            from file in SourceFile.All
            from line in file.Lines.Index()
            where marks.IsMatch(line.Item)
            select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");
    }

    [Fact]
    public void A_file_shows_one_idea()
    {
        AssertNone(
            from file in SourceFile.All
            where file.Lines.Length > FileLinesMax && !LongFiles.Contains(file.Path)
            select $"{file.Path} has {file.Lines.Length} lines");
    }

    [Fact]
    public void A_line_fits_the_window()
    {
        AssertNone(
            from file in SourceFile.All
            from line in file.Lines.Index()
            where line.Item.Length > LineLengthMax
            select $"{file.Path}:{line.Index + 1} has {line.Item.Length} characters");
    }

    [Fact]
    public void An_exception_that_is_no_longer_needed_is_removed()
    {
        Assert.All(LongFiles, path => Assert.Contains(SourceFile.All, file => file.Path == path && file.Lines.Length > FileLinesMax));
    }

    /// <summary>Shows every violation, where Assert.Empty would show the first few.</summary>
    private static void AssertNone(IEnumerable<string> violations)
    {
        var all = string.Join('\n', violations);
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<string> Matches(Func<SourceFile, bool> where, Regex regex) =>
        from file in SourceFile.All
        where @where(file)
        from line in file.Code()
        where regex.IsMatch(line.Code)
        select $"{file.Path}:{line.Number}: {line.Code.Trim()}";

    [GeneratedRegex(
        @"\bDateTime(Offset)?\.(Utc)?Now\b|\bTimeProvider\b|\bStopwatch\b|\bRandom\b|\bGuid\.NewGuid\b|\bTask\b|\bValueTask\b"
        + @"|\basync\b|\bawait\b|\bThread\b|\bMonitor\b|\block\s*\(|\bConsole\b|\bFile\b|\bDirectory\b|\bEnvironment\b|\bOrleans\b")]
    private static partial Regex BannedInDomain();

    [GeneratedRegex(@"\b(double|float|Double|Single|Half)\b")]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"^\s*#\s*(if|elif)\b")]
    private static partial Regex ConditionalCompilation();
}
