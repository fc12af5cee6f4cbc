using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Auth;

namespace Exchange.Api.Tests;

/// <summary>Only a token that this exchange signed, for this use, at this time, opens the door.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";
    private const string Me = "/api/v1/user/me";

    private readonly ApiHost host = new();

    private static long Now => TestClock.Start.ToUnixTimeSeconds();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_good_token_says_who_you_are()
    {
        var answer = await host.With(Token(Header, Claims())).Get(Me);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal($$"""{"userId":"5","email":"a@b.cd","expiresAt":{{(Now + 60) * 1000}},"permissions":["read","trade"]}""", answer.Body);
    }

    [Fact]
    public async Task The_cookie_of_the_page_is_taken_too()
    {
        var answer = await host.Stranger().Send(HttpMethod.Get, Me, null, ("Cookie", "a=b; authToken=" + Token(Header, Claims())));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_request_without_a_token_is_unauthorized()
    {
        var answer = await host.Stranger().Get(Me);
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHORIZED"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Token abc")]
    public async Task Another_scheme_is_unauthorized_even_beside_a_good_cookie(string header)
    {
        var answer = await host.Stranger().Send(
            HttpMethod.Get, Me, null, ("Authorization", header), ("Cookie", "authToken=" + Token(Header, Claims())));
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHORIZED"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}""")]
    [InlineData("""{"alg":"HS256","alg":"none","typ":"JWT"}""")]
    public async Task Another_header_is_refused_even_with_our_signature(string header) => await IsInvalid(Token(header, Claims()));

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var token = Token("""{"alg":"none","typ":"JWT"}""", Claims());
        await IsInvalid(token[..(token.LastIndexOf('.') + 1)]);
        var signed = Token(Header, Claims());
        await IsInvalid(signed[..(signed.LastIndexOf('.') + 1)]);
        await IsInvalid(signed[..signed.LastIndexOf('.')]);
    }

    [Theory]
    [InlineData("""{"iss":"somebody-else","aud":"orleans-exchange-api","sub":"5","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"another-api","sub":"5","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":["orleans-exchange-api"],"sub":"5","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"0","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"-5","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"5","sub":"6","email":"a@b.cd","nbf":$now,"exp":$later"""
        + ""","jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"5","email":"a@b.cd","nbf":$now,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"5","email":"a@b.cd","nbf":$later,"exp":$later,"jti":"s1"}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"5","email":"a@b.cd","nbf":$now,"exp":$later}""")]
    [InlineData("""{"iss":"orleans-exchange","aud":"orleans-exchange-api/sign-in","sub":"5","email":"a@b.cd","nbf":$now,"exp":$later,"jti":"s1"}""")]
    [InlineData("""not json""")]
    [InlineData("")]
    public async Task Other_claims_are_refused_even_with_our_signature(string claims) => await IsInvalid(Token(Header, Claims(claims)));

    [Fact]
    public async Task Another_secret_is_refused() => await IsInvalid(Token(Header, Claims(), "some other secret, also long enough"));

    [Fact]
    public async Task Every_altered_character_is_noticed()
    {
        var token = Token(Header, Claims());
        for (var i = 0; i < token.Length; i++)
        {
            var altered = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            await IsInvalid(altered);
        }
    }

    [Fact]
    public async Task An_expired_token_says_so_even_after_it_was_used_before()
    {
        var client = host.With(Token(Header, Claims()));
        Assert.Equal(HttpStatusCode.OK, (await client.Get(Me)).Status);

        host.Clock.Now += TimeSpan.FromSeconds(60);

        var answer = await client.Get(Me);
        Assert.Equal((HttpStatusCode.Unauthorized, "TOKEN_EXPIRED"), (answer.Status, answer.Code));
    }

    [Fact]
    public void The_cache_of_verified_tokens_is_bounded_and_keeps_what_is_used()
    {
        var cache = new GenerationCache<Caller>(generationSize: 10);
        var caller = new Caller(1, "a@b.cd", TestClock.Start);
        cache.Add("used", caller);
        for (var i = 0; i < 100; i++)
        {
            cache.Add($"other{i}", caller);
            Assert.NotNull(cache.Find("used"));
        }
        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.Find($"other{i}") is not null), 1, 20);
    }

    [Fact]
    public void The_secret_is_made_once_and_readable_by_its_owner_only()
    {
        var folder = Directory.CreateTempSubdirectory("exchange-api-").FullName;
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        var first = SigningSecret.Load(new AuthOptions(), folder, log);

        Assert.Equal(32, first.Length);
        Assert.Equal(first, SigningSecret.Load(new AuthOptions(), folder, log));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "token.key")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_short_secret_is_refused_at_start() => Assert.Throws<InvalidSecretException>(
        () => SigningSecret.Load(
            new AuthOptions { JwtSecret = "too short" }, "unused", Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

    private static string Claims(string? claims = null) =>
        (claims ?? """{"iss":"orleans-exchange","aud":"orleans-exchange-api","sub":"5","email":"a@b.cd","iat":$now,"nbf":$now,"exp":$later"""
            + ""","jti":"s1"}""")
            .Replace("$now", $"{Now}", StringComparison.Ordinal)
            .Replace("$later", $"{Now + 60}", StringComparison.Ordinal);

    private static string Token(string header, string claims, string secret = ApiHost.Secret)
    {
        var content = $"{Encoded(header)}.{Encoded(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task IsInvalid(string token)
    {
        var answer = await host.With(token).Get(Me);
        Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_TOKEN"), (answer.Status, answer.Code));
    }
}
