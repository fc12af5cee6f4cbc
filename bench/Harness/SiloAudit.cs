using System.Diagnostics;

namespace Exchange.Bench.Harness;

/// <summary>The silo's own offline audit of a data folder that nobody has open, or of a database.</summary>
public static class SiloAudit
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string assembly, string dataFolder, string? postgres = null)
    {
        var start = new ProcessStartInfo(
            SiloBuild.DotnetPath, [assembly, "audit", .. postgres is null ? new[] { "--data", dataFolder } : ["--postgres", postgres]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var audit = Process.Start(start) ?? throw new InvalidOperationException("The audit did not start.");
        var output = audit.StandardOutput.ReadToEndAsync();
        var errors = audit.StandardError.ReadToEndAsync();
        await audit.WaitForExitAsync();
        return (audit.ExitCode, await output + await errors);
    }
}
