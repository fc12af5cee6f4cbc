using Exchange.Grains.Interfaces.Users;

namespace Exchange.Grains.Users;

[GenerateSerializer, Alias("Exchange.ApiKeyRecord")]
public sealed class ApiKeyRecord
{
    [Id(0)]
    public ApiKey? Key { get; set; }
}

public sealed class ApiKeyGrain(
    [PersistentState("apikey", StateStores.Accounts)] IPersistentState<ApiKeyRecord> stored) : Grain, IApiKeyGrain
{
    public async Task<bool> Create(ApiKey key)
    {
        if (stored.State.Key is not null)
            return false;
        stored.State.Key = key;
        await Persist(stored.WriteStateAsync);
        return true;
    }

    public Task<ApiKey?> Find() => Task.FromResult(stored.State.Key);

    public async Task Revoke()
    {
        if (stored.State.Key is null)
            return;
        stored.State.Key = null;
        await Persist(stored.ClearStateAsync);
    }

    private async Task Persist(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch
        {
            // What is stored decides; the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
    }
}
