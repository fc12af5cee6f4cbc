using System.Diagnostics;
using System.Text;

namespace Exchange.Bench.Orders;

/// <summary>What came of the orders: accepted and refused of the whole run, latencies of its measured part.</summary>
public sealed class LoadTally
{
    private const int ExcerptBytes = 160;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly Dictionary<string, long> _failures = [];

    public LatencyHistogram Latencies { get; } = new();
    public long Accepted { get; private set; }
    public long FilledOnArrival { get; private set; }
    public IReadOnlyDictionary<string, long> Failures => _failures;

    public void Count(int status, ReadOnlySpan<byte> body, long ticks, bool measured)
    {
        if (status is < 200 or > 299)
        {
            CountFailure($"{status} {ErrorCodeIn(body)}");
            return;
        }

        Accepted++;
        if (body.IndexOf("\"FILLED\""u8) >= 0)
            FilledOnArrival++;
        if (measured)
            Latencies.Record((long)(ticks * NanosecondsPerTick));
    }

    public void CountFailure(string what) => _failures[what] = _failures.GetValueOrDefault(what) + 1;

    public void Add(LoadTally other)
    {
        Latencies.Add(other.Latencies);
        Accepted += other.Accepted;
        FilledOnArrival += other.FilledOnArrival;
        foreach (var (what, count) in other._failures)
            _failures[what] = _failures.GetValueOrDefault(what) + count;
    }

    private static string ErrorCodeIn(ReadOnlySpan<byte> body)
    {
        var field = body.IndexOf("\"code\":\""u8);
        if (field < 0)
            return Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptBytes)]);
        var code = body[(field + "\"code\":\""u8.Length)..];
        var end = code.IndexOf((byte)'"');
        return Encoding.UTF8.GetString(end < 0 ? code : code[..end]);
    }
}
