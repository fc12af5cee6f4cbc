using Exchange.Storage.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Storage;

/// <summary>Whether the database answers. Whoever asks more often than this looks gets the last answer.</summary>
internal sealed class StorageHealth(IJournalReader journal, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1);
    private HealthCheckResult _last;
    private long _lookedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_lookedAt == 0 || time.GetElapsedTime(_lookedAt) >= BetweenLooks)
            {
                _last = await Look().ConfigureAwait(false);
                _lookedAt = time.GetTimestamp();
            }

            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<HealthCheckResult> Look()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            await journal.ReadHeadAsync("", patience.Token).AsTask().WaitAsync(patience.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The database answers.");
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
