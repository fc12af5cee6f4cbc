namespace Exchange.Domain.Candles;

public static class CandleRollup
{
    /// <summary>Longer candles from shorter ones in the order of time. The last one may be unfinished.</summary>
    public static IEnumerable<Candle> RollUp(IEnumerable<Candle> candles, CandleInterval interval)
    {
        var rolled = default(Candle);
        foreach (var candle in candles)
        {
            var openTimeMs = interval.OpenTimeMs(candle.OpenTimeMs);
            if (rolled.IsEmpty)
            {
                rolled = candle with { OpenTimeMs = openTimeMs };
            }
            else if (rolled.OpenTimeMs == openTimeMs)
            {
                rolled = rolled.Then(candle);
            }
            else
            {
                yield return rolled;
                rolled = candle with { OpenTimeMs = openTimeMs };
            }
        }

        if (!rolled.IsEmpty)
            yield return rolled;
    }
}
