using Exchange.Bench.Harness;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class RefusedStartTests
{
    private const int UsageCode = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_of_a_cluster_does_not_start_on_files()
    {
        using var folder = new TemporaryFolder();

        var (code, output) = await StartAndFailAsync(folder.Data, "--ConnectionStrings:Redis=127.0.0.1:1,password=hush");

        Assert.Equal(UsageCode, code);
        Assert.Contains("ConnectionStrings:Redis makes several silos one exchange", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Data, "journal.db")));
    }

    [Fact]
    public async Task A_front_door_does_not_start_without_the_database_of_the_silos()
    {
        using var folder = new TemporaryFolder();

        var (code, output) = await StartAndFailAsync(folder.Data, "--Role=frontdoor");

        Assert.Equal(UsageCode, code);
        Assert.Contains("Role=FrontDoor makes this a process without grains", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task A_port_that_is_none_is_said_in_a_sentence()
    {
        using var folder = new TemporaryFolder();

        var (code, output) = await StartAndFailAsync(folder.Data, "--Orleans:SiloPort=none");

        Assert.Equal(UsageCode, code);
        Assert.Contains("Orleans:SiloPort 'none' is no port", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> StartAndFailAsync(string dataFolder, params string[] arguments)
    {
        using var silo = SiloProcess.Start(SiloBuild.Locate(), dataFolder, arguments);
        var code = await silo.WaitForExitAsync(Patience);
        return (code, await silo.OutputAsync());
    }
}
