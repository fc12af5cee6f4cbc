using Exchange.Bench.Harness;

namespace Exchange.EndToEnd.Tests.Harness;

internal static class OfflineAudit
{
    public static async Task PassesAsync(string dataFolder, string? postgres = null)
    {
        var (code, output) = await SiloAudit.RunAsync(SiloBuild.Locate(), dataFolder, postgres);
        Assert.True(code == 0, output);
    }

    /// <summary>Of data that a silo will go on with, and that has to stay as it was left.</summary>
    public static async Task PassesOnCopyAsync(string dataFolder)
    {
        using var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.Data);
        foreach (var file in Directory.EnumerateFiles(dataFolder))
            File.Copy(file, Path.Combine(copy.Data, Path.GetFileName(file)));
        await PassesAsync(copy.Data);
    }
}
