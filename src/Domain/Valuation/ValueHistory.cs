namespace Exchange.Domain.Valuation;

public readonly record struct ValueSample(long AtMs, decimal Value);

/// <summary>
/// Samples thinned with age: each series keeps the last sample of each of its periods, and only so many periods. So an account
/// of any age has a bounded history, fine where it is young.
/// </summary>
public sealed class ValueHistory
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 60 * MinuteMs;
    private const long DayMs = 24 * HourMs;

    /// <summary>A day of five minutes, a month of hours, five years of days.</summary>
    public IReadOnlyList<ValueSeries> Series { get; } =
    [
        new("5m", 5 * MinuteMs, 288),
        new("1h", HourMs, 720),
        new("1d", DayMs, 1_826),
    ];

    public ValueSeries? Of(string interval)
    {
        foreach (var series in Series)
        {
            if (series.Interval == interval)
                return series;
        }

        return null;
    }

    public void Add(ValueSample sample)
    {
        foreach (var series in Series)
            series.Add(sample);
    }
}

public sealed class ValueSeries(string interval, long periodMs, int capacity)
{
    private readonly List<ValueSample> _samples = [];

    public string Interval => interval;
    public long PeriodMs => periodMs;
    public int Capacity => capacity;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ValueSample> Samples => _samples;

    public bool Has(long atMs) => _samples.Count > 0 && _samples[^1].AtMs / periodMs >= atMs / periodMs;

    /// <summary>The last one of a period counts; what is older than that is not taken in any more.</summary>
    public void Add(ValueSample sample)
    {
        var period = sample.AtMs / periodMs;
        if (_samples.Count > 0 && _samples[^1].AtMs > sample.AtMs)
            return;
        if (_samples.Count > 0 && _samples[^1].AtMs / periodMs == period)
            _samples[^1] = sample;
        else
            _samples.Add(sample);
        var oldest = period - capacity + 1;
        _samples.RemoveAll(known => known.AtMs / periodMs < oldest);
    }
}
