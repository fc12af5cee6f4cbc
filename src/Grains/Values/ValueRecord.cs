using Exchange.Domain.Valuation;

namespace Exchange.Grains.Values;

[GenerateSerializer, Alias("Exchange.ValueRecord")]
public sealed class ValueRecord
{
    [Id(0)]
    public string Asset { get; set; } = "";

    [Id(1)]
    public List<SeriesRecord> Series { get; set; } = [];

    public static ValueRecord Of(ValueHistory history, string asset) => new()
    {
        Asset = asset,
        Series =
        [
            .. history.Series.Select(series => new SeriesRecord
            {
                Interval = series.Interval,
                Times = [.. series.Samples.Select(sample => sample.AtMs)],
                Values = [.. series.Samples.Select(sample => sample.Value)],
            }),
        ],
    };

    public ValueHistory ToHistory(string asset)
    {
        var history = new ValueHistory();
        if (asset != Asset)
            return history;
        foreach (var record in Series)
        {
            for (var i = 0; i < record.Times.Length; i++)
                history.Of(record.Interval)?.Add(new ValueSample(record.Times[i], record.Values[i]));
        }

        return history;
    }
}

[GenerateSerializer, Alias("Exchange.SeriesRecord")]
public sealed class SeriesRecord
{
    [Id(0)]
    public string Interval { get; set; } = "";

    [Id(1)]
    public long[] Times { get; set; } = [];

    [Id(2)]
    public decimal[] Values { get; set; } = [];
}
