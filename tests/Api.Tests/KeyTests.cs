using System.Net;
using Exchange.Api.Accounts;
using Exchange.Api.Keys;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests;

/// <summary>A program gets in with a signature under a key's secret, as far as the key allows, and no further.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/keys";
    private const string Me = "/api/v1/user/me";
    private const string Order = """{"market":"BTC_USDT","side":"buy","price":"1","quantity":"1"}""";

    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_new_key_shows_its_secret_once()
    {
        var person = host.Caller();

        var answer = await person.Post(Keys, """{"label":"my bot","permissions":"read,trade","ipAllowList":"127.0.0.1,10.0.0.0/8"}""");

        var created = Wire.Read<CreatedKey>(answer.Body);
        Assert.Equal(
            ("my bot", "read trade", "127.0.0.1 10.0.0.0/8"),
            (created.Label, string.Join(' ', created.Permissions), string.Join(' ', created.IpAllowList)));
        Assert.Matches("^[0-9a-f]{64}$", created.ApiKey);
        Assert.Matches("^[0-9a-f]{64}$", created.Secret);
        var listed = (await person.Get(Keys)).Body;
        Assert.Equal(created.ApiKey, Assert.Single(Wire.Read<KeyInfo[]>(listed)).ApiKey);
        Assert.DoesNotContain(created.Secret!, listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repetition_is_the_same_key_and_does_not_show_its_secret_again()
    {
        var person = host.Caller();
        const string Request = """{"permissions":"read","clientKeyId":"my-key"}""";
        var first = Wire.Read<CreatedKey>((await person.Post(Keys, Request)).Body);

        var again = Wire.Read<CreatedKey>((await person.Post(Keys, Request)).Body);

        Assert.Equal(first.ApiKey, again.ApiKey);
        Assert.NotNull(first.Secret);
        Assert.Null(again.Secret);
        Assert.Single(Wire.Read<KeyInfo[]>((await person.Get(Keys)).Body));
        Assert.Single(host.Audit.Entries, entry => entry.Detail.StartsWith(first.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_is_stored_and_audited_nowhere_in_the_clear()
    {
        var created = Wire.Read<CreatedKey>((await host.Caller().Post(Keys, """{"permissions":"read"}""")).Body);

        var stored = (await host.Grains.ApiKey(created.ApiKey).Find())!;

        Assert.DoesNotContain(created.Secret!, System.Text.Encoding.Latin1.GetString(stored.SealedSecret), StringComparison.Ordinal);
        Assert.All(host.Audit.Entries, entry => Assert.DoesNotContain(created.Secret!, entry.Detail, StringComparison.Ordinal));
        Assert.Contains(
            host.Audit.Entries, entry => entry.Action == "key created" && entry.Detail.StartsWith(created.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signed_query_says_who_you_are()
    {
        var (person, bot) = await PersonAndBot("read,trade");

        var me = Wire.Read<Me>((await bot.Get(Me)).Body);

        Assert.Equal(($"{person.Account}", "read trade"), (me.UserId, string.Join(' ', me.Permissions)));
        Assert.Null(me.ExpiresAt);
    }

    [Fact]
    public async Task A_signed_body_reaches_its_route_whole()
    {
        var (person, bot) = await PersonAndBot("trade");

        var answer = await bot.Post("/api/v1/order", Order);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var placed = Assert.IsType<PlaceOrder>(Assert.Single(person.Portfolio.Calls));
        Assert.Equal(("BTC_USDT", 1m, 1m), (placed.Symbol, placed.Price, placed.Quantity));
    }

    [Fact]
    public async Task A_signed_chunked_body_is_read_too()
    {
        var (person, bot) = await PersonAndBot("trade");
        var signed = $"timestamp={host.Clock.Now.ToUnixTimeMilliseconds()}";
        using var content = new ChunkedContent(Order);

        var answer = await host.Stranger().Send(
            HttpMethod.Post, $"/api/v1/order?{signed}&signature={bot.SignatureOf(signed + Order)}", content, ("X-MBX-APIKEY", bot.ApiKey));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Single(person.Portfolio.Calls);
    }

    [Fact]
    public async Task Percent_encoding_is_signed_as_sent_and_read_as_meant()
    {
        var (person, bot) = await PersonAndBot("read");
        await bot.Get("/api/v1/order", "clientOrderId=a%3Ab");
        Assert.Equal([(0L, "a:b")], person.Portfolio.Calls);
    }

    [Fact]
    public async Task Either_case_of_the_signature_is_taken()
    {
        var (_, bot) = await PersonAndBot("read");
        var signed = $"timestamp={host.Clock.Now.ToUnixTimeMilliseconds()}";
        Assert.Equal(
            HttpStatusCode.OK, (await bot.SendRaw(HttpMethod.Get, Me, $"{signed}&signature={bot.SignatureOf(signed).ToUpperInvariant()}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bot.SendRaw(HttpMethod.Get, Me, $"signature={bot.SignatureOf(signed)}&{signed}")).Status);
    }

    [Fact]
    public async Task Anything_altered_is_refused()
    {
        var (person, bot) = await PersonAndBot("read,trade");
        var at = $"timestamp={host.Clock.Now.ToUnixTimeMilliseconds()}";
        var signature = bot.SignatureOf(at + Order);
        (string Query, string Body)[] altered =
        [
            ($"{at}&signature={signature}", Order.Replace("buy", "sel", StringComparison.Ordinal)),
            ($"{at}&signature={signature}", Order + " "),
            ($"{at}&recvWindow=60000&signature={signature}", Order),
            ($"{at}&signature={signature[..63]}0{(signature[63] == '0' ? "1" : "")}", Order),
            ($"{at}&signature={(signature[0] == 'a' ? 'b' : 'a')}{signature[1..]}", Order),
            ($"{at}&signature=", Order),
            ($"{at}&signature={new string('ａ', 64)}", Order),
        ];

        foreach (var (query, body) in altered)
        {
            var answer = await bot.SendRaw(HttpMethod.Post, "/api/v1/order", query, body);
            Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_SIGNATURE"), (answer.Status, answer.Code));
        }
        Assert.Empty(person.Portfolio.Calls);
    }

    [Theory]
    [InlineData(5000, "", true)]
    [InlineData(5001, "", false)]
    [InlineData(-999, "", true)]
    [InlineData(-1000, "", false)]
    [InlineData(60000, "&recvWindow=60000", true)]
    [InlineData(101, "&recvWindow=100", false)]
    public async Task A_request_is_good_for_its_window_only(int ageMs, string window, bool good)
    {
        var (_, bot) = await PersonAndBot("read");

        var answer = await bot.Send(HttpMethod.Get, Me, "", null, TimeSpan.FromMilliseconds(ageMs), window);

        Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.Status);
        if (!good)
            Assert.Equal("UNTIMELY_REQUEST", answer.Code);
    }

    [Theory]
    [InlineData("timestamp=$&recvWindow=60001", 400, "INVALID_FIELD")]
    [InlineData("timestamp=$&recvWindow=-1", 400, "INVALID_FIELD")]
    [InlineData("timestamp=$&timestamp=$", 400, "DUPLICATE_FIELD")]
    [InlineData("timestamp=１２", 400, "INVALID_FIELD")]
    [InlineData("recvWindow=5000", 400, "MISSING_FIELD")]
    [InlineData("timestamp=$&other=1", 400, "UNKNOWN_FIELD")]
    public async Task Strange_parameters_are_refused_even_when_signed(string query, int status, string code)
    {
        var (_, bot) = await PersonAndBot("read");
        var signed = query.Replace("$", $"{host.Clock.Now.ToUnixTimeMilliseconds()}", StringComparison.Ordinal);
        var sent = Uri.EscapeDataString(signed).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal);

        var answer = await bot.SendRaw(HttpMethod.Get, Me, $"{sent}&signature={bot.SignatureOf(sent)}");

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("read", "GET", "/api/v1/balances", true)]
    [InlineData("read", "POST", "/api/v1/order", false)]
    [InlineData("read", "DELETE", "/api/v1/openOrders", false)]
    [InlineData("trade", "POST", "/api/v1/order", true)]
    [InlineData("trade", "GET", "/api/v1/balances", false)]
    public async Task A_key_may_do_what_it_was_made_for(string permissions, string method, string path, bool allowed)
    {
        var (_, bot) = await PersonAndBot(permissions);

        var answer = await bot.Send(new HttpMethod(method), path, "", method == "POST" ? Order : null);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        if (!allowed)
            Assert.Equal("PERMISSION_DENIED", answer.Code);
    }

    [Theory]
    [InlineData("POST", Keys, """{"permissions":"read"}""")]
    [InlineData("GET", Keys, null)]
    [InlineData("POST", "/api/v1/user/password", """{"password":"correct horse battery"}""")]
    [InlineData("POST", "/api/v1/account/reset", "{}")]
    [InlineData("GET", "/api/v1/user/sessions", null)]
    public async Task A_key_makes_no_keys_and_sees_no_sessions(string method, string path, string? body)
    {
        var (_, bot) = await PersonAndBot("read,trade");
        var answer = await bot.Send(new HttpMethod(method), path, "", body);
        Assert.Equal((HttpStatusCode.Forbidden, "PEOPLE_ONLY"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_key_works_from_allowed_addresses_only()
    {
        var (_, near) = await PersonAndBot("read", "127.0.0.0/8");
        var (_, far) = await PersonAndBot("read", "192.0.2.7,10.0.0.0/8");

        Assert.Equal(HttpStatusCode.OK, (await near.Get(Me)).Status);
        var answer = await far.Get(Me);
        Assert.Equal((HttpStatusCode.Forbidden, "ADDRESS_NOT_ALLOWED"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{}""", "MISSING_FIELD")]
    [InlineData("""{"permissions":"everything"}""", "INVALID_FIELD")]
    [InlineData("""{"permissions":"read, trade"}""", "INVALID_FIELD")]
    [InlineData("""{"permissions":"read","ipAllowList":"1"}""", "INVALID_FIELD")]
    [InlineData("""{"permissions":"read","ipAllowList":"010.0.0.1"}""", "INVALID_FIELD")]
    [InlineData("""{"permissions":"read","ipAllowList":"10.0.0.0/33"}""", "INVALID_FIELD")]
    [InlineData("""{"permissions":"read","label":"a\u0000b"}""", "INVALID_FIELD")]
    public async Task A_bad_key_request_is_refused(string body, string code) =>
        Assert.Equal(code, (await host.Caller().Post(Keys, body)).Code);

    [Fact]
    public async Task A_revoked_key_stops_at_once_where_it_was_revoked()
    {
        var (person, bot) = await PersonAndBot("read");
        Assert.Equal(HttpStatusCode.OK, (await bot.Get(Me)).Status);

        Assert.Equal(HttpStatusCode.OK, (await person.Delete(Keys, $$"""{"apiKey":"{{bot.ApiKey}}"}""")).Status);

        var answer = await bot.Get(Me);
        Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_API_KEY"), (answer.Status, answer.Code));
        Assert.Equal("UNKNOWN_KEY", (await person.Delete(Keys, $$"""{"apiKey":"{{bot.ApiKey}}"}""")).Code);
    }

    [Fact]
    public async Task A_key_revoked_elsewhere_stops_within_a_second()
    {
        var (_, bot) = await PersonAndBot("read");
        Assert.Equal(HttpStatusCode.OK, (await bot.Get(Me)).Status);
        await host.Grains.ApiKey(bot.ApiKey).Revoke();

        host.Clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal("INVALID_API_KEY", (await bot.Get(Me)).Code);
    }

    [Fact]
    public async Task Within_a_second_the_key_is_not_looked_up_again()
    {
        var (_, bot) = await PersonAndBot("read");
        for (var i = 0; i < 5; i++)
            await bot.Get(Me);
        Assert.Equal(1, host.Grains.ApiKey(bot.ApiKey).Finds);
    }

    [Fact]
    public async Task Nobody_revokes_the_key_of_another()
    {
        var (_, bot) = await PersonAndBot("read");

        var answer = await host.Caller().Delete(Keys, $$"""{"apiKey":"{{bot.ApiKey}}"}""");

        Assert.Equal((HttpStatusCode.NotFound, "UNKNOWN_KEY"), (answer.Status, answer.Code));
        Assert.Equal(HttpStatusCode.OK, (await bot.Get(Me)).Status);
    }

    [Fact]
    public async Task An_invented_key_is_refused_without_a_look_up()
    {
        var known = host.Grains.ApiKeysAskedFor;
        foreach (var id in new[] { "x", new string('0', 64), new string('a', 64), "../../etc/passwd", new string('A', 64) })
        {
            var answer = await new SignedClient(host, id, "secret").Get(Me);
            Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_API_KEY"), (answer.Status, answer.Code));
        }
        Assert.Equal(known, host.Grains.ApiKeysAskedFor);
    }

    [Fact]
    public async Task A_key_header_beside_a_good_token_decides()
    {
        var person = host.Caller();
        var answer = await person.Send(HttpMethod.Get, Me, null, ("X-MBX-APIKEY", "nobody's"));
        Assert.Equal("INVALID_API_KEY", answer.Code);
    }

    [Fact]
    public void A_sealed_secret_opens_only_under_its_own_id_and_key()
    {
        var vault = new KeyVault(new byte[32]);
        var id = vault.NewId();
        var box = vault.Seal(id, "secret");

        Assert.Equal("secret"u8.ToArray(), vault.Unseal(id, box));
        Assert.Null(vault.Unseal(vault.NewId(), box));
        Assert.Null(new KeyVault([.. Enumerable.Repeat((byte)1, 32)]).Unseal(id, box));
        for (var i = 0; i < box.Length; i++)
        {
            var altered = (byte[])box.Clone();
            altered[i] ^= 1;
            Assert.Null(vault.Unseal(id, altered));
        }
    }

    private async Task<(ApiClient Person, Bot Bot)> PersonAndBot(string permissions, string networks = "")
    {
        var person = host.Caller();
        var list = networks.Length > 0 ? $$""","ipAllowList":"{{networks}}" """ : "";
        var created = Wire.Read<CreatedKey>((await person.Post(Keys, $$"""{"permissions":"{{permissions}}"{{list}}}""")).Body);
        return (person, new Bot(host, created));
    }

    private sealed class Bot(ApiHost host, CreatedKey key)
    {
        private readonly SignedClient client = new(host, key.ApiKey, key.Secret!);

        public string ApiKey => key.ApiKey;

        public string SignatureOf(string text) => SignedClient.Sign(key.Secret!, text);

        public Task<Answer> Get(string path, string query = "") => client.Get(path, query);

        public Task<Answer> Post(string path, string body) => client.Post(path, body);

        public Task<Answer> Send(HttpMethod method, string path, string query, string? body, TimeSpan age = default, string window = "") =>
            client.Send(method, path, query, body, age, window);

        public Task<Answer> SendRaw(HttpMethod method, string path, string query, string? body = null) => client.SendRaw(method, path, query, body);
    }

    private sealed class ChunkedContent : HttpContent
    {
        private readonly string text;

        public ChunkedContent(string text)
        {
            this.text = text;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var character in text)
                await stream.WriteAsync(new[] { (byte)character });
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
