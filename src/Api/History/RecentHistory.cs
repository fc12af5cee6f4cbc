using Exchange.Storage.ReadModel;

namespace Exchange.Api.History;

/// <summary>
/// The read model follows the journal at a distance. Whoever asks for their own history has usually just made some,
/// so a query waits a moment until what is durable by now can be read; a read model far behind is read as it is.
/// </summary>
internal static class RecentHistory
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static async Task FollowAsync(this IReadModel history, TimeProvider clock, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), giveUp, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            await history.CatchUpAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
