using Exchange.Domain;
using Exchange.Grains.Interfaces.Users;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

public sealed class UserTests : IAsyncLifetime
{
    private ExchangeCluster exchange = null!;

    private IUserGrain User => exchange.Grains.GetGrain<IUserGrain>("user@example.org");

    public async Task InitializeAsync() => exchange = await ExchangeCluster.Start();

    public async Task DisposeAsync() => await exchange.DisposeAsync();

    [Fact]
    public async Task A_session_is_open_until_it_expires()
    {
        var reply = await User.SignIn(Session("s1", lifetimeMs: 1000));

        Assert.Equal((await User.SignUp()).Account, reply.Account);
        Assert.True(await User.HasSession("s1"));
        Assert.False(await User.HasSession("s2"));
        await User.SignIn(Session("s2", lifetimeMs: -1));
        Assert.False(await User.HasSession("s2"));
        Assert.Equal(["s1"], (await User.GetSessions()).Select(session => session.Id));
    }

    [Fact]
    public async Task An_ended_session_stays_ended()
    {
        await User.SignIn(Session("s1", lifetimeMs: 60_000));
        Assert.True(await User.EndSession("s1"));
        Assert.False(await User.EndSession("s1"));
        Assert.False(await User.HasSession("s1"));
    }

    [Fact]
    public async Task Of_too_many_sessions_the_oldest_ends()
    {
        for (var i = 0; i < 51; i++)
            await User.SignIn(Session($"s{i}", lifetimeMs: 60_000));
        Assert.False(await User.HasSession("s0"));
        Assert.True(await User.HasSession("s1"));
        Assert.Equal(50, (await User.GetSessions()).Length);
    }

    [Fact]
    public async Task A_link_is_used_once()
    {
        Assert.True(await User.UseLink("l1", exchange.NowMs + 1000));
        Assert.False(await User.UseLink("l1", exchange.NowMs + 1000));
        Assert.False(await User.UseLink("l2", exchange.NowMs));
    }

    [Fact]
    public async Task A_key_is_found_until_it_is_revoked()
    {
        Assert.Equal(Reason.None, (await User.CreateKey(Key("k1"))).Reason);
        Assert.Equal("k1", (await KeyGrain("k1").Find())!.Id);
        Assert.Equal(["k1"], (await User.GetKeys()).Select(key => key.Id));

        Assert.True(await User.RevokeKey("k1"));

        Assert.Null(await KeyGrain("k1").Find());
        Assert.Empty(await User.GetKeys());
        Assert.False(await User.RevokeKey("k1"));
    }

    [Fact]
    public async Task A_user_revokes_only_own_keys()
    {
        await User.CreateKey(Key("k1"));
        Assert.False(await exchange.Grains.GetGrain<IUserGrain>("other@example.org").RevokeKey("k1"));
        Assert.NotNull(await KeyGrain("k1").Find());
    }

    [Fact]
    public async Task A_user_has_thirty_keys_at_most()
    {
        for (var i = 0; i < 30; i++)
            Assert.Equal(Reason.None, (await User.CreateKey(Key($"k{i}"))).Reason);
        Assert.Equal(Reason.TooManyKeys, (await User.CreateKey(Key("k30"))).Reason);
        Assert.Null(await KeyGrain("k30").Find());
    }

    [Fact]
    public async Task The_same_client_key_id_is_the_same_key()
    {
        var first = await User.CreateKey(Key("k1") with { ClientKeyId = "mine" });

        var again = await User.CreateKey(Key("k2") with { ClientKeyId = "mine" });
        var other = await User.CreateKey(Key("k3") with { ClientKeyId = "mine", Label = "another" });

        Assert.Equal((true, "k1"), (first.IsNew, first.Key!.Id));
        Assert.Equal((false, "k1"), (again.IsNew, again.Key!.Id));
        Assert.Equal(Reason.DuplicateRequest, other.Reason);
        Assert.Equal(["k1"], (await User.GetKeys()).Select(key => key.Id));
    }

    private IApiKeyGrain KeyGrain(string id) => exchange.Grains.GetGrain<IApiKeyGrain>(id);

    private Session Session(string id, long lifetimeMs) => new(id, "a test", "127.0.0.1", exchange.NowMs, exchange.NowMs + lifetimeMs);

    private static ApiKey Key(string id) => new(id, 1, "user@example.org", "", ApiPermissions.Read, [], [1, 2, 3], 0);
}
