using System.Net.WebSockets;
using System.Text.Json;
using Exchange.Api.Keys;

namespace Exchange.Api.Tests.Streams;

/// <summary>Programs sign in on a socket as they sign requests, and whoever is no longer welcome is shown the door.</summary>
public sealed class StreamSignInTests(StreamHost host) : IClassFixture<StreamHost>
{
    private const string Order =
        """{"method":"order.place","params":{"market":"BTC_USDT","side":"buy","type":"limit","price":"10","quantity":"2"},"id":"o"}""";

    [Fact]
    public async Task A_signed_sign_in_opens_the_own_stream_and_orders()
    {
        var (_, key) = await PersonAndKey("read,trade");
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal("""{"result":null,"id":"a"}""", await client.AskAsync(SignIn(key)));
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":1}"""));
        Assert.StartsWith("""{"result":{"orderId":""", await client.AskAsync(Order));
    }

    [Fact]
    public async Task The_receive_window_is_signed_too()
    {
        var (_, key) = await PersonAndKey("read");
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal("UNTIMELY_REQUEST", await client.CodeOfAsync(SignIn(key, ageMs: 6_000)));
        Assert.Equal("""{"result":null,"id":"a"}""", await client.AskAsync(SignIn(key, ageMs: 6_000, window: 10_000)));
    }

    [Fact]
    public async Task An_altered_signature_or_key_is_refused()
    {
        var (_, key) = await PersonAndKey("read");
        var (_, other) = await PersonAndKey("read");
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal("INVALID_SIGNATURE", await client.CodeOfAsync(SignIn(key with { Secret = other.Secret })));
        Assert.Equal("INVALID_API_KEY", await client.CodeOfAsync(SignIn(key with { ApiKey = new string('0', 64) })));
        Assert.Equal("MISSING_FIELD", await client.CodeOfAsync("""{"method":"AUTH","params":{"apiKey":"x"}}"""));
        Assert.Equal("DUPLICATE_FIELD", await client.CodeOfAsync("""{"method":"AUTH","params":{"apiKey":"x","apiKey":"x"}}"""));
        Assert.Equal("UNAUTHORIZED", await client.CodeOfAsync(Order));
    }

    [Fact]
    public async Task A_key_does_on_a_socket_what_it_may_do_elsewhere()
    {
        var (_, reads) = await PersonAndKey("read");
        var (_, trades) = await PersonAndKey("trade");
        using var reader = await StreamClient.ConnectAsync(host);
        using var trader = await StreamClient.ConnectAsync(host);
        await reader.AskAsync(SignIn(reads));
        await trader.AskAsync(SignIn(trades));

        Assert.Equal("PERMISSION_DENIED", await reader.CodeOfAsync(Order));
        Assert.Equal("PERMISSION_DENIED", await trader.CodeOfAsync("""{"method":"SUBSCRIBE","params":["user"]}"""));
    }

    [Fact]
    public async Task A_key_that_is_bound_to_other_addresses_is_refused()
    {
        var (_, key) = await PersonAndKey("read", "192.0.2.1");
        using var client = await StreamClient.ConnectAsync(host);

        Assert.Equal("ADDRESS_NOT_ALLOWED", await client.CodeOfAsync(SignIn(key)));
    }

    [Fact]
    public async Task A_handshake_can_be_signed_like_any_request()
    {
        var (_, key) = await PersonAndKey("read");
        var query = $"timestamp={host.Clock.Now.ToUnixTimeMilliseconds()}";
        var signed = $"{query}&signature={SignedClient.Sign(key.Secret!, query)}";

        using var client = await StreamClient.ConnectAsync(host, null, signed, ("X-MBX-APIKEY", key.ApiKey));

        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":1}"""));
    }

    [Fact]
    public async Task A_revoked_key_closes_its_socket()
    {
        var (person, key) = await PersonAndKey("read,trade");
        using var client = await StreamClient.ConnectAsync(host);
        await client.AskAsync(SignIn(key));
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":1}""");

        await person.Delete("/api/v1/keys", $$"""{"apiKey":"{{key.ApiKey}}"}""");

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.ClosedWith);
    }

    [Fact]
    public async Task A_session_that_was_ended_closes_its_socket()
    {
        const string Session = "0123456789abcdef0123456789abcdef";
        var person = host.Caller(991, "leaving@example.org", session: Session);
        using var client = await StreamClient.ConnectAsync(host, host.Issue(991, "leaving@example.org", Session).Token);
        await client.AskAsync("""{"method":"SUBSCRIBE","params":["user"],"id":1}""");

        await person.Post("/api/v1/user/signout", "{}");

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.ClosedWith);
    }

    private static string SignIn(CreatedKey key, string text) =>
        JsonSerializer.Serialize(SignedClient.Sign(key.Secret!, text));

    private string SignIn(CreatedKey key, long ageMs = 0, long window = 0)
    {
        var at = host.Clock.Now.ToUnixTimeMilliseconds() - ageMs;
        var signed = window > 0 ? $"apiKey={key.ApiKey}&recvWindow={window}&timestamp={at}" : $"apiKey={key.ApiKey}&timestamp={at}";
        var windowField = window > 0 ? $"\"recvWindow\":{window}," : "";
        var parameters = $$"""{"apiKey":"{{key.ApiKey}}",{{windowField}}"timestamp":{{at}},"signature":{{SignIn(key, signed)}}}""";
        return $$"""{"method":"AUTH","params":{{parameters}},"id":"a"}""";
    }

    private async Task<(ApiClient Person, CreatedKey Key)> PersonAndKey(string permissions, string networks = "")
    {
        var person = host.Caller();
        var list = networks.Length > 0 ? $",\"ipAllowList\":\"{networks}\"" : "";
        var answer = await person.Post("/api/v1/keys", $$"""{"permissions":"{{permissions}}"{{list}}}""");
        return (person, Wire.Read<CreatedKey>(answer.Body));
    }
}
