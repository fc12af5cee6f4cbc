using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Portfolios;

/// <summary>Says now and then that the account has changed, so that its value is taken.</summary>
public sealed partial class PortfolioGrain
{
    private long _nextValueNoteMs;

    private void NoteForValue(long nowMs)
    {
        if (nowMs < _nextValueNoteMs || Account < 0 || values.Value.SampleDelay <= TimeSpan.Zero)
            return;
        _nextValueNoteMs = nowMs + (long)values.Value.SampleDelay.TotalMilliseconds;
        _ = GrainFactory.GetGrain<IPortfolioValueGrain>(Account).Changed();
    }
}
