using Exchange.Domain;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeUser : IUserGrain
{
    public const long Account = 17;

    public Task<SignUpReply> SignUp() => Task.FromResult(new SignUpReply(Reason.None, Account));
}
