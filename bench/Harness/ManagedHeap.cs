using System.Globalization;

namespace Exchange.Bench.Harness;

/// <summary>What the collector of a silo had on its heap after it ran last, by the silo's own metrics.</summary>
public sealed class ManagedHeap(Uri silo) : IDisposable
{
    private const string Metric = "dotnet_gc_last_collection_heap_size_bytes{";
    private const string CommittedMetric = "dotnet_gc_last_collection_memory_committed_size_bytes ";

    private const string AllocatedMetric = "dotnet_gc_heap_total_allocated_bytes_total ";

    private static readonly string[] OldGenerations = ["gen2", "loh", "poh"];

    private readonly HttpClient _client = new() { BaseAddress = silo };

    /// <summary>Large and long-lived objects, and all that the collector keeps. What is young comes and goes with the load.</summary>
    public async Task<(long Old, long Committed)> ReadAsync()
    {
        var lines = (await _client.GetStringAsync("/metrics")).Split('\n');
        var old = lines.Where(line =>
            line.StartsWith(Metric, StringComparison.Ordinal) && Array.Exists(OldGenerations, name => line.Contains(name, StringComparison.Ordinal)));
        return (old.Sum(ValueOf), lines.Where(line => line.StartsWith(CommittedMetric, StringComparison.Ordinal)).Sum(ValueOf));
    }

    /// <summary>All that was ever allocated.</summary>
    public async Task<long> ReadAllocatedAsync() =>
        (await _client.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith(AllocatedMetric, StringComparison.Ordinal)).Sum(ValueOf);

    private static long ValueOf(string line) => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    public void Dispose() => _client.Dispose();
}
