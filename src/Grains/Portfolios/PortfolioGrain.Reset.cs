using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Portfolios;

/// <summary>Starting over; the work is done beside the grain, again until it is through.</summary>
public sealed partial class PortfolioGrain : IPortfolioReset
{
    private AccountReset _reset = null!;
    private IGrainTimer? _resetting;

    public async Task<ResetReply> Reset(string resetId)
    {
        ThrowIfBroken();
        try
        {
            return await _reset.Start(resetId);
        }
        finally
        {
            ResumeReset();
        }
    }

    public async Task<ResetReply> GetReset()
    {
        var reply = _reset.Reply(Domain.Reason.None);
        await WhenDurable();
        return reply;
    }

    private void ResumeReset()
    {
        if (!IsBroken && _resetting is null && _portfolio.Resets.IsRunning)
            _resetting = this.RegisterGrainTimer(GoOnResetting, new GrainTimerCreationOptions(TimeSpan.Zero, _options.ResetRetryPeriod)
            {
                Interleave = true,
                KeepAlive = true,
            });
    }

    private async Task GoOnResetting(CancellationToken cancellationToken)
    {
        try
        {
            if (!IsBroken)
                await _reset.GoOn();
        }
        catch (Exception exception)
        {
            Log.ResetHeldUp(logger, exception, Account, _portfolio.Resets.RunningId);
        }

        if (IsBroken || !_portfolio.Resets.IsRunning)
        {
            _resetting?.Dispose();
            _resetting = null;
        }
    }
}
