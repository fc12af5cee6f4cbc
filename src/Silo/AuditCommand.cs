using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Silo;

/// <summary>
/// "audit --data DIR": reads the whole journal of an exchange that does not run and checks that no money was made or lost.
/// Answers with 0 where that is so, 1 where it is not, and 2 where it could not be found out.
/// </summary>
public static class AuditCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int NotAudited = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--data", var folder])
            return Refuse("usage: audit --data DIR");
        if (!Directory.Exists(folder))
            return Refuse($"There is no data folder '{folder}'.");

        try
        {
            using var storage = ExchangeStorage.Open(new StorageOptions { DataFolder = folder }, TimeProvider.System, NullLogger.Instance);
            var report = await AuditAsync(storage);
            Print(report, Console.Out);
            return report.IsClean ? Passed : Failed;
        }
        catch (StorageException e)
        {
            return Refuse(e.Message);
        }
    }

    private static async Task<AuditReport> AuditAsync(ExchangeStorage storage)
    {
        var audit = new ConservationAudit(await ListedMarketsAsync(storage));
        await foreach (var record in storage.JournalReader.ReadAllAsync())
            audit.Feed(record.Stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        return audit.Report();
    }

    private static async Task<List<Market>> ListedMarketsAsync(ExchangeStorage storage)
    {
        var markets = new List<Market>();
        await foreach (var record in storage.Journal.ReadAsync(Streams.Markets, afterSequence: 0))
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
                $"{asset.Asset,-8}{asset.Deposited.Shortest(),30}{(asset.Available + asset.Held + asset.InPositions).Shortest(),30}{asset.InFlight.Shortest(),24}{asset.Difference.Shortest(),24}"));
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
