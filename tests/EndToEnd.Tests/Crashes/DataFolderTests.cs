using System.Security.Cryptography;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;
using SQLitePCL;

namespace Exchange.EndToEnd.Tests.Crashes;

[Trait("Dialect", "Sqlite")]
public sealed class DataFolderTests
{
    private const string Journal = "journal.db";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_second_process_on_the_same_data_gets_a_clear_error_and_the_first_goes_on()
    {
        using var first = await RunningExchange.StartAsync();
        var trader = await Trader.SignUpAsync(first, "trader", ("TATA", 10));

        var (code, output) = await StartAndFailAsync(first.DataFolder);

        Assert.NotEqual(0, code);
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
        var order = await trader.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100m, 10, "ask"));
        Assert.Equal("NEW", order.Status);
        Assert.Equal(0, await first.StopAsync(Patience));
        await OfflineAudit.PassesAsync(first.DataFolder);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(Path.Combine(folder.Data, Journal), string.Concat(Enumerable.Repeat("These are my notes.\n", 100)));

        await IsRefusedUnchangedAsync(folder.Data, "not a database of this exchange");
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Data);
        CreateForeignDatabase(Path.Combine(folder.Data, Journal));

        await IsRefusedUnchangedAsync(folder.Data, "not this exchange's");
    }

    [Fact]
    public async Task A_database_that_was_cut_short_is_refused_and_left_as_it_is()
    {
        using var exchange = await RunningExchange.StartAsync();
        await Trader.SignUpAsync(exchange, "trader", ("TATA", 10));
        Assert.Equal(0, await exchange.StopAsync(Patience));
        using (var journal = new FileStream(Path.Combine(exchange.DataFolder, Journal), FileMode.Open))
            journal.SetLength(journal.Length / 2);

        await IsRefusedUnchangedAsync(exchange.DataFolder, "cut short");
    }

    private static async Task IsRefusedUnchangedAsync(string dataFolder, string why)
    {
        var before = HashOf(dataFolder);

        var (code, output) = await StartAndFailAsync(dataFolder);

        Assert.NotEqual(0, code);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.Equal(before, HashOf(dataFolder));
    }

    private static async Task<(int Code, string Output)> StartAndFailAsync(string dataFolder)
    {
        using var silo = SiloProcess.Start(SiloBuild.Locate(), dataFolder);
        var code = await silo.WaitForExitAsync(Patience);
        return (code, await silo.OutputAsync());
    }

    private static string HashOf(string dataFolder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(dataFolder, Journal))));

    private static void CreateForeignDatabase(string path)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(path, out var database));
        using (database)
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('bread')"));
    }
}
