using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Storage;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Silo;

/// <summary>
/// "audit --data DIR" or "audit --postgres CONNECTION": reads the whole journal and checks that no money was made or lost.
/// An exchange on a folder must not run meanwhile; on PostgreSQL it may. Without CONNECTION it is the configured one. Answers
/// with 0 where that is so, 1 where it is not, and 2 where it could not be found out.
/// </summary>
public static class AuditCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int NotAudited = 2;
    private const string PostgresVariable = "ConnectionStrings__Postgres";

    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var report = arguments switch
            {
                ["--data", var folder] when !Directory.Exists(folder) => throw new ArgumentException($"There is no data folder '{folder}'."),
                ["--data", var folder] => await AuditFolderAsync(folder),
                ["--postgres", var connection] => await AuditDatabaseAsync(connection),
                ["--postgres"] when Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } connection =>
                    await AuditDatabaseAsync(connection),
                _ => throw new ArgumentException($"usage: audit --data DIR | --postgres CONNECTION (or {PostgresVariable} in the environment)"),
            };
            Print(report, Console.Out);
            return report.IsClean ? Passed : Failed;
        }
        catch (Exception e) when (e is StorageException or ArgumentException)
        {
            return Refuse(e.Message);
        }
    }

    private static async Task<AuditReport> AuditFolderAsync(string folder)
    {
        using var storage = ExchangeStorage.Open(new StorageOptions { DataFolder = folder }, TimeProvider.System, NullLogger.Instance);
        return await AuditAsync(storage.Journal, storage.JournalReader);
    }

    /// <summary>Entries are read in the order of their commits, so what is read is the truth of some moment.</summary>
    private static async Task<AuditReport> AuditDatabaseAsync(string connection)
    {
        using var stored = StoredJournal.Open(connection, TimeProvider.System);
        return await AuditAsync(stored.Journal, stored.Reader);
    }

    private static async Task<AuditReport> AuditAsync(IJournal journal, IJournalReader reader)
    {
        var audit = new ConservationAudit(await ListedMarketsAsync(journal));
        await foreach (var record in reader.ReadAllAsync())
            audit.Feed(record.Stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        return audit.Report();
    }

    private static async Task<List<Market>> ListedMarketsAsync(IJournal journal)
    {
        var markets = new List<Market>();
        await foreach (var record in journal.ReadAsync(Streams.Markets, afterSequence: 0))
            markets.AddRange(EventCodec.Decode(record.Payload.Span).Events.OfType<MarketListed>().Select(listed => listed.Market));
        return markets;
    }

    private static void Print(AuditReport report, TextWriter output)
    {
        output.WriteLine($"{"asset",-8}{"deposits",30}{"accounts",30}{"in flight",24}{"difference",24}");
        foreach (var asset in report.Assets)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{asset.Asset,-8}{asset.Deposited.Shortest(),30}{(asset.Available + asset.Held + asset.InPositions).Shortest(),30}"
                    + $"{asset.InFlight.Shortest(),24}{asset.Difference.Shortest(),24}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Accounts} accounts, {report.Trades} trades, {report.Settlements} settlements, {report.InFlight} in flight"));
        foreach (var problem in report.Problems)
            output.WriteLine(problem);
        output.WriteLine(report.IsClean ? "audit passed" : $"audit FAILED: {report.ProblemCount} problems");
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return NotAudited;
    }
}
