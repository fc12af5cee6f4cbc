using System.Diagnostics;
using System.Text.RegularExpressions;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Docs;

/// <summary>Runs every sample of docs/api.md as it stands there, against a running exchange.</summary>
public sealed partial class ApiTourTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_sample_of_the_page_works()
    {
        var samples = Samples(await File.ReadAllTextAsync(PageOf("docs/api.md")));
        Assert.Equal(["bash", "csharp", "js", "js", "json", "python"], samples.SelectMany(group => group.Select(_ => group.Key)).Order());
        using var exchange = await RunningExchange.StartAsync();
        await exchange.MiddleAsync("BTC_USDT");
        var folder = Directory.CreateTempSubdirectory("exchange-docs-");
        var environment = new Dictionary<string, string> { ["EXCHANGE"] = exchange.Client.BaseAddress!.ToString().TrimEnd('/') };

        var tour = await RunAsync(
            folder, "tour.sh", samples["bash"].Single() + "\nprintf '\\n%s %s' \"$API_KEY\" \"$API_SECRET\"\n", "bash", ["-euo", "pipefail"],
            environment);
        Assert.Contains("\"status\":\"FILLED\"", tour, StringComparison.Ordinal);
        Assert.Contains("UNKNOWN_SYMBOL", tour, StringComparison.Ordinal);
        var key = tour.Split('\n')[^1].Split(' ');
        (environment["API_KEY"], environment["API_SECRET"]) = (key[0], key[1]);

        if (IsInstalled("python3"))
            Assert.StartsWith(
                "FILLED", await RunAsync(folder, "sample.py", samples["python"].Single(), "python3", [], environment), StringComparison.Ordinal);
        if (IsInstalled("node"))
            Assert.StartsWith(
                "FILLED", await RunAsync(folder, "sample.mjs", samples["js"].First(), "node", [], environment), StringComparison.Ordinal);
        if (IsInstalled("node"))
            Assert.StartsWith(
                "best ", await RunAsync(folder, "book.mjs", samples["js"].Last(), "node", ["--experimental-websocket"], environment),
                StringComparison.Ordinal);
        Assert.Contains(
            "\"status\":\"FILLED\"",
            await RunAsync(folder, "sample.cs", samples["csharp"].Single(), "dotnet", ["run", "--property:PublishAot=false"], environment),
            StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static ILookup<string, string> Samples(string page) =>
        Fence().Matches(page).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string PageOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, path)))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, path);
    }

    private static async Task<string> RunAsync(
        DirectoryInfo folder, string file, string text, string program, string[] arguments, Dictionary<string, string> environment)
    {
        var path = Path.Combine(folder.FullName, file);
        await File.WriteAllTextAsync(path, text);
        var start = new ProcessStartInfo(program, [.. arguments, path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{file} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
