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
        var reason = await GrainFactory.GetGrain<IPortfolioGrain>(user.State.Account).Open(this.GetPrimaryKeyString());
        return reason is Reason.None or Reason.AccountExists
            ? new SignUpReply(Reason.None, user.State.Account)
            : new SignUpReply(reason, 0);
    }

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
