using System.Text;
using Exchange.Bench.Orders;

namespace Exchange.EndToEnd.Tests.Generator;

public sealed class ResponseParserTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"ok\":\"true\"}", 200)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nDate: today\r\n\r\n", 503)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\nb\r\n\"0123456\"} \r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 204 No Content\r\nServer: any\r\n\r\n", 204)]
    public void A_response_is_complete_with_its_last_byte_and_not_before(string text, int status)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(ResponseParser.TryParse(bytes.AsSpan(0, length), out _), $"complete after {length} of {bytes.Length} bytes");

        Assert.True(ResponseParser.TryParse(bytes, out var response));
        Assert.Equal((status, bytes.Length), (response.Status, response.Length));
    }

    [Fact]
    public void What_is_not_http_is_an_error()
    {
        Assert.Throws<InvalidDataException>(() => ResponseParser.TryParse("SSH-2.0-OpenSSH\r\n\r\n"u8, out _));
    }
}
