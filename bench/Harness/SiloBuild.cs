using System.Diagnostics;

namespace Exchange.Bench.Harness;

/// <summary>The silo's build output that lies beside this program's own, so that both have the same engine and configuration.</summary>
public static class SiloBuild
{
    public static string DotnetPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string Locate()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var outputs = own.Parent?.Parent ?? throw new InvalidOperationException($"No build output above {own}.");
        return Path.Combine(outputs.FullName, "Silo", own.Name, "Exchange.Silo.dll");
    }

    public static async Task<string> LocateOrBuildAsync()
    {
        var assembly = Locate();
        if (File.Exists(assembly))
            return assembly;

        var engine = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Name;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        Console.WriteLine($"Building the silo ({engine}, {configuration}) ...");
        using var build = Process.Start(DotnetPath,
            ["build", Path.Combine(RepositoryRoot(), "src", "Silo"), "-c", configuration, "-v", "q", "-nologo", $"-p:Engine={Capitalised(engine)}"]);
        await build.WaitForExitAsync();
        return build.ExitCode == 0 && File.Exists(assembly)
            ? assembly
            : throw new InvalidOperationException($"The silo could not be built at {assembly}.");
    }

    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.Exchange.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("This program was moved out of its repository.");
    }

    private static string Capitalised(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
