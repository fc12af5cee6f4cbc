using Exchange.Bench.Harness;
using Exchange.Domain.Events;
using Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Bench.Restart;

/// <summary>Counts a killed silo's events in a copy, since opening the original would already tidy it up.</summary>
public static class JournalCount
{
    public static async Task<long> InCopyOfAsync(string dataFolder)
    {
        using var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.Data);
        foreach (var file in Directory.EnumerateFiles(dataFolder))
            File.Copy(file, Path.Combine(copy.Data, Path.GetFileName(file)));

        using var storage = ExchangeStorage.Open(new StorageOptions { DataFolder = copy.Data }, TimeProvider.System, NullLogger.Instance);
        long events = 0;
        await foreach (var record in storage.JournalReader.ReadAllAsync())
            events += EventCodec.Decode(record.Payload.Span).Events.Count;
        return events;
    }
}
