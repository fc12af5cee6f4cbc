using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Bench.Calls;

/// <summary>In-silo calls per second: each of a number of loops calls its own grain, over and over, and waits for each answer.</summary>
internal static class CallsBench
{
    public static int Run(string[] args)
    {
        var settings = new Settings(Option(args, "--grains", 64), Option(args, "--outstanding", 64), Option(args, "--seconds", 5));
        RunAsync(settings).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(Settings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        await host.StartAsync();

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var message = new PingMessage(1, "a small immutable record");
        await Measure("warm up", settings with { Seconds = 2 }, grains, static (grain, _) => grain.Ping(), message);
        await Measure("warm up", settings with { Seconds = 2 }, grains, static (grain, m) => grain.Echo(m), message);
        var ping = await Measure("ping", settings, grains, static (grain, _) => grain.Ping(), message);
        var record = await Measure("record", settings, grains, static (grain, m) => grain.Echo(m), message);
        Console.WriteLine(
            $"calls: {settings.Grains} grains, {settings.Outstanding} outstanding, {Environment.ProcessorCount} processors: {ping}; {record}");
        await host.StopAsync();
    }

    private static async Task<Result> Measure(
        string name, Settings settings, IGrainFactory grains, Func<IPingGrain, PingMessage, Task> call, PingMessage message)
    {
        var until = Stopwatch.GetTimestamp() + settings.Seconds * Stopwatch.Frequency;
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var processorTimeBefore = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var loops = Enumerable.Range(0, settings.Outstanding)
            .Select(i => Task.Run(() => Loop(grains.GetGrain<IPingGrain>(i % settings.Grains), call, message, until)))
            .ToArray();
        var calls = (await Task.WhenAll(loops)).Sum();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var processorTime = Environment.CpuUsage.TotalTime - processorTimeBefore;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        return new Result(name, calls / elapsed.TotalSeconds, allocated / (double)calls, processorTime.TotalNanoseconds / calls);
    }

    private static async Task<long> Loop(IPingGrain grain, Func<IPingGrain, PingMessage, Task> call, PingMessage message, long until)
    {
        var calls = 0L;
        while (Stopwatch.GetTimestamp() < until)
        {
            for (var i = 0; i < 100; i++)
                await call(grain, message);
            calls += 100;
        }

        return calls;
    }

    private static int Option(string[] args, string name, int otherwise)
    {
        var index = Array.IndexOf(args, name);
        return index < 0 ? otherwise : int.Parse(args[index + 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Settings(int Grains, int Outstanding, int Seconds);

    /// <summary>Processor time per call tells, unlike calls per second, the same on a machine that is busy with other things.</summary>
    private sealed record Result(string Name, double CallsPerSecond, double BytesPerCall, double ProcessorNanosecondsPerCall)
    {
        public override string ToString() =>
            $"{Name} {CallsPerSecond:N0} calls/s, {BytesPerCall:N0} B/call, {ProcessorNanosecondsPerCall:N0} ns of processor time/call";
    }
}
