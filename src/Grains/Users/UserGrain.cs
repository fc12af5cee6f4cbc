using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Grains.Users;

[GenerateSerializer, Alias("Exchange.UserRecord")]
public sealed class UserRecord
{
    [Id(0)]
    public long Account { get; set; }
}

public sealed class UserGrain(
    [PersistentState("user", StateStores.Accounts)] IPersistentState<UserRecord> user) : Grain, IUserGrain
{
    public async Task<SignUpReply> SignUp()
    {
        if (user.State.Account == 0)
            await AssignAccount();

        // Repeated on purpose: a crash may have come between the number and the opening.
        var reason = await Open();
        if (reason == Reason.AccountExists)
        {
            // The number belongs to another address, as after a restored backup of the numbers: it is not ours to give.
            await AssignAccount();
            reason = await Open();
        }

        return new SignUpReply(reason, reason == Reason.None ? user.State.Account : 0);
    }

    private Task<Reason> Open() =>
        GrainFactory.GetGrain<IPortfolioGrain>(user.State.Account).Open(this.GetPrimaryKeyString());

    private async Task AssignAccount()
    {
        var account = await GrainFactory.GetGrain<IAccountNumbersGrain>(IAccountNumbersGrain.Key).Next();
        user.State.Account = account;
        try
        {
            await user.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
