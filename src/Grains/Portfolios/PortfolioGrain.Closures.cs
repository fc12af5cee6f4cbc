using Exchange.Domain.Events;
using Exchange.Grains.Closures;
using Exchange.Grains.Interfaces.Streams;

namespace Exchange.Grains.Portfolios;

/// <summary>What the account tells its owner by itself; the work is done beside the grain.</summary>
public sealed partial class PortfolioGrain : IAnnouncementSteps
{
    private AnnouncementPump _announcements = null!;
    private IGrainTimer? _resuming;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _announcements.IsStopped = true;
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    async Task IAnnouncementSteps.Told(Announced told, NotificationView[] notifications)
    {
        Task durable;
        _told = notifications;
        try
        {
            durable = Apply([told]);
        }
        finally
        {
            _told = [];
        }

        await durable;
    }

    void IAnnouncementSteps.ResumeAfter(TimeSpan delay) => _resuming = this.RegisterGrainTimer(
        ResumeAnnouncing, new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });

    private Task ResumeAnnouncing(CancellationToken cancellationToken)
    {
        _resuming?.Dispose();
        _resuming = null;
        _announcements.Resume();
        return Task.CompletedTask;
    }
}
