using Exchange.Grains.Interfaces.Users;

namespace Exchange.Grains.Users;

[GenerateSerializer, Alias("Exchange.AccountNumbers")]
public sealed class AccountNumbers
{
    [Id(0)]
    public long Last { get; set; }
}

public sealed class AccountNumbersGrain(
    [PersistentState("numbers", StateStores.Accounts)] IPersistentState<AccountNumbers> state) : Grain, IAccountNumbersGrain
{
    public async Task<long> Next()
    {
        state.State.Last++;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // What is stored decides; the next activation reads it.
            DeactivateOnIdle();
            throw;
        }

        return state.State.Last;
    }
}
