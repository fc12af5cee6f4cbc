using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Exchange.Api.Metrics;

/// <summary>Listens to the meters of the exchange and of the runtime, and writes what they said in the text format of Prometheus.</summary>
internal sealed class PrometheusReport : IDisposable
{
    private const int SeriesMax = 500;
    private static readonly string[] Meters = ["Exchange.", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<Tags, Series>> instruments = new();
    private readonly Lock reading = new();
    private int seriesCount;

    public PrometheusReport()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (Array.Exists(Meters, name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
                listening.EnableMeasurementEvents(instrument, instruments.GetOrAdd(instrument, _ => new()));
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        listener.Start();
    }

    public string Write()
    {
        var text = new StringBuilder();
        lock (reading)
        {
            listener.RecordObservableInstruments();
            foreach (var (instrument, series) in instruments.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
                Write(text, instrument, series);
        }
        return text.ToString();
    }

    /// <summary>What an instrument has measured so far, over all its tags, or over those of which one has this value.</summary>
    public Measured Read(string name, string? tag = null)
    {
        var measured = default(Measured);
        foreach (var (instrument, series) in instruments)
        {
            if (instrument.Name != name)
                continue;
            foreach (var (tags, line) in series)
            {
                if (tag is not null && !tags.Given.Any(given => Equals(given.Value, tag)))
                    continue;
                var (sum, last, count, _) = line.Read();
                measured = new Measured(measured.Sum + sum, measured.Last + last, measured.Count + count);
            }
        }

        return measured;
    }

    /// <summary>Gauges are asked for their values only when somebody looks.</summary>
    public void Observe()
    {
        lock (reading)
            listener.RecordObservableInstruments();
    }

    public void Dispose() => listener.Dispose();

    /// <summary>Past the bound new tags are not counted: a report that grows without end would be worse than one that is incomplete.</summary>
    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var series = (ConcurrentDictionary<Tags, Series>)state!;
        var key = Tags.Of(tags);
        if (!series.TryGetValue(key, out var line))
        {
            if (Volatile.Read(ref seriesCount) >= SeriesMax)
                return;
            var added = new Series();
            line = series.GetOrAdd(key, added);
            if (ReferenceEquals(line, added))
                Interlocked.Increment(ref seriesCount);
        }
        line.Record(value);
    }

    private static void Write(StringBuilder text, Instrument instrument, ConcurrentDictionary<Tags, Series> series)
    {
        var kind = instrument.GetType().Name.Split('`')[0];
        var name = NameOf(instrument, kind);
        text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(kind)).Append('\n');
        foreach (var (tags, line) in series)
        {
            var (sum, last, count, buckets) = line.Read();
            if (kind == "Histogram")
                WriteHistogram(text, name, tags, sum, count, buckets);
            else
                WriteLine(text, name, tags, null, kind is "Counter" or "UpDownCounter" ? sum : last);
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, Tags tags, double sum, long count, long[] buckets)
    {
        for (var i = 0; i < buckets.Length; i++)
            WriteLine(text, name + "_bucket", tags, Number(Series.Bounds[i]), buckets[i]);
        WriteLine(text, name + "_bucket", tags, "+Inf", count);
        WriteLine(text, name + "_sum", tags, null, sum);
        WriteLine(text, name + "_count", tags, null, count);
    }

    private static void WriteLine(StringBuilder text, string name, Tags tags, string? bound, double value)
    {
        var labels = tags.Given.Select(tag => $"{Plain(tag.Key)}=\"{Escaped(tag.Value)}\"");
        if (bound is not null)
            labels = labels.Append($"le=\"{bound}\"");
        var all = string.Join(',', labels);
        text.Append(name);
        if (all.Length > 0)
            text.Append('{').Append(all).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(Instrument instrument, string kind)
    {
        var unit = instrument.Unit switch { "ms" => "_milliseconds", "s" => "_seconds", "By" => "_bytes", _ => "" };
        return Plain(instrument.Name) + unit + (kind is "Counter" or "ObservableCounter" ? "_total" : "");
    }

    private static string TypeOf(string kind) => kind switch
    {
        "Histogram" => "histogram",
        "Counter" or "ObservableCounter" => "counter",
        _ => "gauge",
    };

    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escaped(object? value) =>
        (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
