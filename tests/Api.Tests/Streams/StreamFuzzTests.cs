using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Exchange.Api.Errors;

namespace Exchange.Api.Tests.Streams;

public sealed class PatientStreamHost : ApiHost
{
    protected override Dictionary<string, string?> Settings => new() { ["Streams:MaxMessagesPerSecond"] = "0" };
}

/// <summary>Commands that are almost right, from a seed: each is answered with a result or a known code, and the socket goes on.</summary>
public sealed class StreamFuzzTests(PatientStreamHost host) : IClassFixture<PatientStreamHost>
{
    private const int Messages = 5_000;
    private const int Seed = 20260102;

    private static readonly HashSet<string> Codes = [.. EdgeErrors.All.Concat(ReasonErrors.All.Values).Select(error => error.Code)];

    private static readonly string[] Methods =
        ["\"SUBSCRIBE\"", "\"UNSUBSCRIBE\"", "\"LIST\"", "\"AUTH\"", "\"order.place\"", "\"order.cancel\"", "\"DANCE\"", "\"\"", "7", "null", "{}"];

    private static readonly string[] Params =
    [
        "[\"depth@BTC_USDT\"]", "[\"trade@TATA_INR\",\"user\"]", "[\"kline@BTC_USDT@1m\"]", "[\"depth@NOPE\"]", "[\"depth@@\"]", "[\"\"]", "[]", "{}",
        "[1]", "null", "\"x\"", "[[[[[[[[[[1]]]]]]]]]]", "[\"not.a.token\"]", "{\"apiKey\":\"x\",\"timestamp\":1,\"signature\":\"y\"}",
        "{\"market\":\"BTC_USDT\",\"side\":\"buy\",\"price\":\"1\",\"quantity\":\"1\"}", "{\"market\":\"BTC_USDT\",\"side\":\"buy\",\"price\":-1}",
        "{\"market\":\"\\u0000\"}", "{\"orderId\":\"1\"}", "{\"orderId\":\"１\",\"orderId\":2}",
    ];

    private static readonly string[] Ids = ["1", "\"a\"", "null", "{}", "\"" + "x".PadLeft(100, 'x') + "\"", "1e400", "-5"];

    [Fact]
    public async Task Every_message_has_its_answer()
    {
        var random = new Random(Seed);
        using var client = await StreamClient.ConnectAsync(host, host.TokenOf(880));

        for (var number = 0; number < Messages; number++)
        {
            var message = Next(random);
            await client.SendAsync(message, WebSocketMessageType.Text);
            await client.SendAsync($$"""{"method":"PING","id":"end-{{number}}"}""");
            while (await client.ReceiveAsync() is var answer && answer?.EndsWith($"\"id\":\"end-{number}\"}}", StringComparison.Ordinal) != true)
                Assert.True(IsKnown(answer), $"seed {Seed}: {Encoding.Latin1.GetString(message)} -> {answer ?? $"closed with {client.ClosedWith}"}");
        }
    }

    private static bool IsKnown(string? answer)
    {
        if (answer is null)
            return false;
        using var json = JsonDocument.Parse(answer);
        return !json.RootElement.TryGetProperty("error", out var error)
            || (Codes.Contains(error.GetProperty("code").GetString()!) && error.GetProperty("code").GetString() != EdgeErrors.Internal.Code);
    }

    private static byte[] Next(Random random)
    {
        string[] fields =
            [$"\"method\":{Pick(Methods)}", $"\"params\":{Pick(Params)}", $"\"id\":{Pick(Ids)}", "\"extra\":1", "\"method\":\"LIST\""];
        var count = random.Next(8) == 0 ? random.Next(6) : 3;
        var bytes = Encoding.UTF8.GetBytes("{" + string.Join(',', fields.Take(count)) + "}");
        for (var damage = random.Next(8) - 6; damage > 0 && bytes.Length > 0; damage--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(128);

        // What is not UTF-8 is no text, and a WebSocket ends by itself for it.
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
