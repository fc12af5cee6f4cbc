using Exchange.Feeds;
using Exchange.Storage.State;

namespace Exchange.Silo.Adapters;

/// <summary>Each venue's last market list, beside the grains' states.</summary>
internal sealed class VenueMarketCache(IGrainStateStore store) : IVenueMarketCache
{
    private const string StateName = "venue-markets";

    public async ValueTask<byte[]?> ReadAsync(string venue, CancellationToken cancellationToken) =>
        (await store.ReadAsync(StateName, venue)).Payload?.ToArray();

    public async ValueTask WriteAsync(string venue, byte[] listing, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(StateName, venue);
        try
        {
            await store.WriteAsync(StateName, venue, stored.ETag, listing);
        }
        catch (GrainStateConflictException)
        {
            // Another silo has asked the venue at the same time, and its answer is as good.
        }
    }
}
