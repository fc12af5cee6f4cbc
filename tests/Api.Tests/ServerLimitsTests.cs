using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Exchange.Api.Tests;

/// <summary>What one client may cost the server, seen from the wire.</summary>
[Collection(ApiTests.Name)]
public sealed class ServerLimitsTests(ApiHost host)
{
    [Fact]
    public async Task Headers_over_the_limit_are_refused() =>
        Assert.StartsWith(
            "HTTP/1.1 431 ", await Raw($"GET /api/v1/time HTTP/1.1\r\nHost: x\r\nX: {new string('a', 20_000)}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Too_many_headers_are_refused() => Assert.StartsWith(
        "HTTP/1.1 431 ",
        await Raw($"GET /api/v1/time HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: a\r\n"))}\r\n"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_request_line_over_the_limit_is_refused() => Assert.StartsWith(
        "HTTP/1.1 414 ", await Raw($"GET /api/v1/depth?symbol={new string('a', 9_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Two_lengths_of_one_body_are_refused() => Assert.StartsWith(
        "HTTP/1.1 400 ",
        await Raw("POST /api/v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_server_does_not_name_itself()
    {
        var answer = await Raw("GET /api/v1/time HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        var answer = await Raw(
            "GET /api/v1/time HTTP/1.1\r\nHost: x\r\n\r\nGET /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.True(answer.IndexOf("200 OK", StringComparison.Ordinal) < answer.IndexOf("404 Not Found", StringComparison.Ordinal));
    }

    /// <summary>However slowly the bytes come, the clock runs from the first: a connection cannot be kept busy for nothing.</summary>
    [Theory]
    [InlineData("GET /api/v1/time HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("GET /api")]
    public async Task Headers_that_do_not_end_are_not_waited_for(string begun)
    {
        var impatient = new ImpatientHost();
        await impatient.InitializeAsync();
        try
        {
            Assert.StartsWith("HTTP/1.1 408 ", await Raw(impatient.Address, begun), StringComparison.Ordinal);
        }
        finally
        {
            await impatient.DisposeAsync();
        }
    }

    [Fact]
    public void What_is_sent_or_read_too_slowly_is_bounded_too()
    {
        var limits = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(TimeSpan.FromSeconds(10), limits.RequestHeadersTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), limits.KeepAliveTimeout);
        Assert.Equal(240, limits.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.Equal(240, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal((20_000L, 64 * 1024L), (limits.MaxConcurrentConnections, limits.MaxRequestBodySize));
    }

    private Task<string> Raw(string request) => Raw(host.Address, request);

    private static async Task<string> Raw(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private sealed class ImpatientHost : ApiHost
    {
        protected override Dictionary<string, string?> Settings => new() { ["Limits:HeadersTimeout"] = "00:00:01" };
    }
}
