using System.Diagnostics;
using Exchange.Bench.Harness;

namespace Exchange.Bench.Orders;

/// <summary>
/// Measures a part of a run, after a warm-up of its own: for a time, or for a number of orders. Where other work shares the
/// machine the clock tells nothing, but the processor time and the bytes that an order costs still do, for as many orders.
/// </summary>
public sealed class LoadMeasurement(LoadGenerator load, SiloProcess silo)
{
    private const string DatabaseProgram = "postgres";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    public Task<LoadTally> ForAsync(TimeSpan warmup, TimeSpan time) =>
        MeasureAsync(running => Task.WhenAny(running, Task.Delay(warmup)), running => Task.WhenAny(running, Task.Delay(time)));

    /// <summary>As many orders come before those that count.</summary>
    public Task<LoadTally> ForAsync(long orders) =>
        MeasureAsync(running => DoneAsync(running, orders), running => DoneAsync(running, 2 * orders));

    private async Task<LoadTally> MeasureAsync(Func<Task, Task> warmUp, Func<Task, Task> last)
    {
        using var heap = new ManagedHeap(silo.Address);
        var running = load.RunAsync();
        await warmUp(running);
        var allocated = await heap.ReadAllocatedAsync();
        var before = Consumed();
        var started = Stopwatch.GetTimestamp();
        load.Run.StartMeasuring();
        await last(running);
        load.Run.StopMeasuring();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var used = Consumed() - before;
        allocated = await heap.ReadAllocatedAsync() - allocated;
        load.Run.Stop();
        var tally = await running;
        Print(tally.Latencies, elapsed, used, allocated);
        return tally;
    }

    private async Task DoneAsync(Task running, long orders)
    {
        while (load.Run.Done < orders && !running.IsCompleted)
            await Task.Delay(BetweenLooks);
    }

    private Consumption Consumed() => new(
        LinuxProcess.CpuTimeOf(silo.Id), LinuxProcess.CpuTimeOf(Environment.ProcessId), LinuxProcess.CpuTimeOfAll(DatabaseProgram));

    private static void Print(LatencyHistogram latencies, double elapsed, Consumption used, long allocated)
    {
        var orders = latencies.Count;
        Console.WriteLine($"{orders / elapsed:N0} durable orders/s over {elapsed:F1} s");
        Console.WriteLine(
            $"latency p50 {Milliseconds(latencies.Percentile(0.50))}, p99 {Milliseconds(latencies.Percentile(0.99))}, " +
            $"max {Milliseconds(latencies.Max)}");
        Console.WriteLine(
            $"cores: silo {used.Silo.Seconds / elapsed:F2}, generator {used.Own.Seconds / elapsed:F2}, " +
            $"PostgreSQL here {used.Database.Seconds / elapsed:F2}");
        Console.WriteLine(
            $"for each order: silo {Microseconds(used.Silo.Seconds, orders)} of processor " +
            $"(in the kernel {Microseconds(used.Silo.System, orders)}), " +
            $"generator {Microseconds(used.Own.Seconds, orders)}, PostgreSQL here {Microseconds(used.Database.Seconds, orders)}; " +
            $"{allocated / Math.Max(1, orders):N0} bytes allocated in the silo");
    }

    private static string Milliseconds(long nanoseconds) => $"{nanoseconds / 1e6:F2} ms";

    private static string Microseconds(double seconds, long orders) => $"{seconds * 1e6 / Math.Max(1, orders):F1} us";

    private readonly record struct Consumption(CpuTime Silo, CpuTime Own, CpuTime Database)
    {
        public static Consumption operator -(Consumption after, Consumption before) =>
            new(after.Silo - before.Silo, after.Own - before.Own, after.Database - before.Database);
    }
}
