using Exchange.Bench.Harness;

namespace Exchange.Bench.Orders;

/// <summary>Watches the silo's memory at every tenth of a long run: it must end with what it had after the first tenth.</summary>
public static class MemoryRun
{
    private const int Steps = 10;
    private const double Tolerance = 1.10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    public static async Task<(LoadTally Tally, bool Steady)> MeasureAsync(LoadGenerator load, SiloProcess silo, long orders)
    {
        using var heap = new ManagedHeap(silo.Address);
        var running = load.RunAsync();
        long first = 0, last = 0;
        for (var step = 1; step <= Steps; step++)
        {
            while (load.Run.Done < orders / Steps * step && !running.IsCompleted)
                await Task.Delay(BetweenLooks);
            last = LinuxProcess.PrivateBytes(silo.Id);
            if (step == 1)
                first = last;
            var resident = LinuxProcess.ResidentBytes(silo.Id);
            var (old, committed) = await heap.ReadAsync();
            Console.WriteLine(
                $"{load.Run.Done,12:N0} orders: {Mebibytes(last)} of its own, of these {Mebibytes(committed)} the collector's and " +
                $"{Mebibytes(old)} old objects; {Mebibytes(resident)} resident with mapped files");
        }

        var tally = await running;
        var steady = last <= first * Tolerance && load.Run.Done >= orders;
        Console.WriteLine(
            $"memory at the end is {(double)last / first:P0} of that after {orders / Steps:N0} orders: {(steady ? "steady" : "NOT steady")}");
        return (tally, steady);
    }

    private static string Mebibytes(long bytes) => $"{bytes / 1048576.0,7:F1} MiB";
}
