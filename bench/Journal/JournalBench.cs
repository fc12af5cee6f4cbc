using System.Diagnostics;
using System.Globalization;
using Exchange.Storage;
using Exchange.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Bench.Journal;

/// <summary>
/// Appenders that each keep one append outstanding on their streams, or with --rate so many appends a second whatever
/// becomes of them, against a journal in a temporary folder or, with --postgres, in that database; then how fast everything is read back.
/// </summary>
public static class JournalBench
{
    public static int Run(string[] args)
    {
        int seconds = Option(args, "--seconds", 5);
        int streams = Option(args, "--streams", 1_000);
        int appenders = Option(args, "--appenders", 500);
        int bytes = Option(args, "--bytes", 120);
        int rate = Option(args, "--rate", 0);
        string? postgres = args.Contains("--postgres") ? args[Array.IndexOf(args, "--postgres") + 1] : null;
        string folder = Directory.CreateTempSubdirectory("exchange-bench-").FullName;
        try
        {
            Measure(new StorageOptions { DataFolder = folder, Postgres = postgres }, seconds, streams, Math.Min(appenders, streams), bytes, rate)
                .GetAwaiter().GetResult();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(StorageOptions options, int seconds, int streams, int appenders, int bytes, int rate)
    {
        using ExchangeStorage storage = ExchangeStorage.Open(options, TimeProvider.System, NullLogger.Instance);
        var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        long end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        double[] latencies = rate > 0
            ? await AtRate(storage.Journal, rate, seconds, streams, bytes)
            : await ByAppenders(storage.Journal, appenders, streams, bytes, end);
        double elapsed = watch.Elapsed.TotalSeconds;
        process.Refresh();
        double used = (process.TotalProcessorTime - cpu).TotalMicroseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"journal: {latencies.Length / elapsed:0} appends/s, {(rate > 0 ? "at a rate" : $"{appenders} appenders")}, {streams} streams of "
                + $"{bytes} bytes; ms p50 {At(latencies, 0.5):0.00} p99 {At(latencies, 0.99):0.00} p99.9 {At(latencies, 0.999):0.00} max "
                + $"{latencies[^1]:0.0}; {used / latencies.Length:0.0} us of CPU per append"));
        await ReadBack(storage);
    }

    private static async Task<double[]> ByAppenders(IJournal journal, int appenders, int streams, int bytes, long end)
    {
        Task<List<double>>[] running = Enumerable.Range(0, appenders)
            .Select(number => Task.Run(() => Append(journal, number, streams, appenders, bytes, end))).ToArray();
        return (await Task.WhenAll(running)).SelectMany(each => each).Order().ToArray();
    }

    private static async Task<double[]> AtRate(IJournal journal, int rate, int seconds, int streams, int bytes)
    {
        var payload = new byte[bytes];
        var heads = new long[streams];
        string[] names = Enumerable.Range(0, streams).Select(stream => $"portfolio/{stream}").ToArray();
        var running = new List<Task<double>>(rate * seconds);
        var watch = Stopwatch.StartNew();
        while (running.Count < rate * seconds)
        {
            for (long due = (long)(watch.Elapsed.TotalSeconds * rate); running.Count < Math.Min(due, rate * seconds);)
            {
                int stream = Random.Shared.Next(streams);
                running.Add(Latency(journal.AppendAsync(names[stream], heads[stream]++, payload)));
            }

            await Task.Delay(1);
        }

        return (await Task.WhenAll(running)).Order().ToArray();
    }

    private static async Task<double> Latency(Task append)
    {
        long start = Stopwatch.GetTimestamp();
        await append;
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<List<double>> Append(IJournal journal, int number, int streams, int appenders, int bytes, long end)
    {
        var latencies = new List<double>();
        var payload = new byte[bytes];
        string[] own = Enumerable.Range(0, streams).Where(stream => stream % appenders == number)
            .Select(stream => $"portfolio/{stream}").ToArray();
        for (long round = 0; ; round++)
        {
            foreach (string stream in own)
            {
                long start = Stopwatch.GetTimestamp();
                if (start >= end)
                {
                    return latencies;
                }

                await journal.AppendAsync(stream, round, payload);
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }

    private static async Task ReadBack(ExchangeStorage storage)
    {
        long records = 0;
        var watch = Stopwatch.StartNew();
        await foreach (StreamRecord _ in storage.JournalReader.ReadAllAsync())
        {
            records++;
        }

        double all = watch.Elapsed.TotalSeconds;
        watch.Restart();
        await foreach (StreamHead head in storage.JournalReader.ReadHeadsAsync(""))
        {
            await foreach (JournalRecord _ in storage.Journal.ReadAsync(head.Stream, 0))
            {
            }
        }

        double byStream = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"reading {records} records: {records / all:0}/s in order of time, {records / byStream:0}/s stream by stream"));
    }

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];

    private static int Option(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    }
}
