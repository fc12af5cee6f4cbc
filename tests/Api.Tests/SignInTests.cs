using System.Net;
using Exchange.Api.Accounts;
using Exchange.Api.Admin;
using Exchange.Api.Auth;

namespace Exchange.Api.Tests;

/// <summary>Outside of development a person gets in by a link or a password, and nobody learns who has an account here.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string SignUp = "/api/v1/user/signup";
    private const string SignIn = "/api/v1/user/signin";
    private const string Me = "/api/v1/user/me";
    private const string Password = "correct horse battery";

    private readonly ProductionHost host = new();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        host.Mailer.CanSend = true;
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Sign_up_sends_a_link_and_tells_nothing()
    {
        var answer = await host.Stranger().Post(SignUp, """{"email":"Somebody@Example.org"}""");

        Assert.Equal("""{"message":"A sign-in link is on its way to this address."}""", answer.Body);
        Assert.False(answer.Message.Headers.Contains("Set-Cookie"));
        var (to, text) = Assert.Single(host.Mailer.Sent);
        Assert.Equal("somebody@example.org", to);
        Assert.Contains("https://exchange.example.org/api/v1/user/signin/post?token=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_the_link_signs_in_and_leads_to_the_page()
    {
        var answer = await host.Stranger().Get(await Link("a@example.org"));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.Status, answer.Message.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("expires=Thu, 08 Jan 2026", cookie, StringComparison.Ordinal);
        var me = await host.Stranger().Send(HttpMethod.Get, Me, null, ("Cookie", cookie[..cookie.IndexOf(';')]));
        Assert.Equal("a@example.org", Wire.Read<Me>(me.Body).Email);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var link = await Link("b@example.org");
        Assert.Equal(HttpStatusCode.Redirect, (await host.Stranger().Get(link)).Status);
        Assert.Equal("INVALID_LINK", (await host.Stranger().Get(link)).Code);
    }

    [Fact]
    public async Task A_link_expires_after_fifteen_minutes()
    {
        var link = await Link("c@example.org");
        host.Clock.Now += TimeSpan.FromMinutes(15);
        Assert.Equal("INVALID_LINK", (await host.Stranger().Get(link)).Code);
    }

    [Fact]
    public async Task The_token_of_a_link_is_no_token_for_the_api_nor_the_other_way_round()
    {
        var link = (await Link("d@example.org")).Split("token=")[1];
        Assert.Equal("INVALID_TOKEN", (await host.With(link).Get(Me)).Code);

        await host.Stranger().Get("/api/v1/user/signin/post?token=" + link);
        var (token, _) = host.Issue(17, "d@example.org");
        Assert.Equal("INVALID_LINK", (await host.Stranger().Get("/api/v1/user/signin/post?token=" + token)).Code);
    }

    [Fact]
    public async Task A_password_signs_in_once_it_is_set()
    {
        var email = "e@example.org";
        var person = host.Caller(17, email);
        Assert.Equal("SIGN_IN_FAILED", (await host.Stranger().Post(SignIn, Credentials(email, Password))).Code);
        Assert.Equal(HttpStatusCode.OK, (await person.Post("/api/v1/user/password", $$"""{"password":"{{Password}}"}""")).Status);

        var signedIn = Wire.Read<SignedUp>((await host.Stranger().Post(SignIn, Credentials(email, Password))).Body);

        Assert.Equal(email, Wire.Read<Me>((await host.With(signedIn.Token).Get(Me)).Body).Email);
        Assert.DoesNotContain(Password, (await host.Grains.User(email).GetPassword())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await host.Caller(17, "f@example.org").Post("/api/v1/user/password", $$"""{"password":"{{Password}}"}""");

        var wrong = await host.Stranger().Post(SignIn, Credentials("f@example.org", "wrong horse battery"));
        var unknown = await host.Stranger().Post(SignIn, Credentials("nobody@example.org", Password));

        Assert.Equal((HttpStatusCode.Unauthorized, wrong.Body), (wrong.Status, unknown.Body));
        Assert.Equal(wrong.Status, unknown.Status);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("")]
    public async Task A_weak_password_is_refused(string password) =>
        Assert.Equal("WEAK_PASSWORD", (await host.Caller().Post("/api/v1/user/password", $$"""{"password":"{{password}}"}""")).Code);

    [Fact]
    public async Task Signing_out_ends_the_session_and_clears_the_cookie()
    {
        var person = host.Caller();
        Assert.Equal(HttpStatusCode.OK, (await person.Get(Me)).Status);

        var answer = await person.Send(HttpMethod.Post, "/api/v1/user/signout", null);

        Assert.StartsWith(
            "authToken=; expires=Thu, 01 Jan 1970", Assert.Single(answer.Message.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        var after = await person.Get(Me);
        Assert.Equal((HttpStatusCode.Unauthorized, "SESSION_ENDED"), (after.Status, after.Code));
    }

    [Fact]
    public async Task Sessions_are_listed_and_another_one_can_be_ended()
    {
        var email = "g@example.org";
        await host.Stranger().Get(await Link(email));
        var person = host.Caller(17, email);
        var session = Assert.Single(Wire.Read<SessionInfo[]>((await person.Get("/api/v1/user/sessions")).Body));
        Assert.Equal(("127.0.0.1", false), (session.Address, session.IsThisOne));

        await person.Delete("/api/v1/user/sessions", $$"""{"sessionId":"{{session.SessionId}}"}""");

        Assert.Empty(Wire.Read<SessionInfo[]>((await person.Get("/api/v1/user/sessions")).Body));
        Assert.Equal("UNKNOWN_SESSION", (await person.Delete("/api/v1/user/sessions", $$"""{"sessionId":"{{session.SessionId}}"}""")).Code);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_stops_within_a_second()
    {
        var person = host.Caller(17, "h@example.org", session: "s9");
        Assert.Equal(HttpStatusCode.OK, (await person.Get(Me)).Status);
        await host.Grains.User("h@example.org").EndSession("s9");

        host.Clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal("SESSION_ENDED", (await person.Get(Me)).Code);
    }

    [Fact]
    public async Task Only_operators_read_the_audit_log()
    {
        await host.Stranger().Get(await Link("i@example.org"));

        var page = Wire.Read<AuditPage>((await host.OperatorClient().Get("/api/admin/audit")).Body);

        Assert.Contains(page.Entries, entry => (entry.Actor, entry.Action, entry.Detail) == ("i@example.org", "sign-in", "link"));
        var claimed = await host.Caller(17, "i@example.org", isAdmin: true).Get("/api/admin/audit");
        Assert.Equal((HttpStatusCode.Forbidden, "ADMINS_ONLY"), (claimed.Status, claimed.Code));
        var unclaimed = await host.Caller(18, ApiHost.Operator, isAdmin: false).Get("/api/admin/audit");
        Assert.Equal("ADMINS_ONLY", unclaimed.Code);
    }

    [Fact]
    public async Task Only_operators_make_admin_keys()
    {
        const string body = """{"permissions":"read,admin"}""";
        Assert.Equal("ADMINS_ONLY", (await host.Caller().Post("/api/v1/keys", body)).Code);
        Assert.Equal(HttpStatusCode.OK, (await host.OperatorClient().Post("/api/v1/keys", body)).Status);
    }

    [Fact]
    public void An_operator_granted_by_command_is_known_within_a_second()
    {
        var folder = Directory.CreateTempSubdirectory("exchange-api-").FullName;
        var clock = new TestClock();
        var admins = new AdminList(new AuthOptions(), folder, clock);
        Assert.False(admins.Contains("boss@example.org"));

        Assert.True(AdminList.Grant(folder, "boss@example.org"));
        Assert.False(AdminList.Grant(folder, "boss@example.org"));
        clock.Now += TimeSpan.FromSeconds(1);

        Assert.True(admins.Contains("boss@example.org"));
        Assert.False(admins.Contains("other@example.org"));
        Directory.Delete(folder, recursive: true);
    }

    private static string Credentials(string email, string password) => $$"""{"email":"{{email}}","password":"{{password}}"}""";

    private async Task<string> Link(string email)
    {
        await host.Stranger().Post(SignUp, $$"""{"email":"{{email}}"}""");
        var text = host.Mailer.Sent.Last().Text;
        return text[text.IndexOf("/api/v1/user/signin/post", StringComparison.Ordinal)..].Split('\n')[0];
    }

    private sealed class ProductionHost : ApiHost
    {
        protected override bool DevelopmentMode => false;
    }
}
