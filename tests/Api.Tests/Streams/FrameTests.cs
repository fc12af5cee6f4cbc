using System.Text;
using Exchange.Api.Streams;

namespace Exchange.Api.Tests.Streams;

public sealed class FrameTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public async Task A_client_reads_what_was_framed(int length, int head)
    {
        var text = new string('x', length);
        var frame = Frame.Of(Encoding.UTF8.GetBytes(text));
        Assert.Equal(head + length, frame.Length);

        using var socket = System.Net.WebSockets.WebSocket.CreateFromStream(new MemoryStream(frame), isServer: false, null, TimeSpan.Zero);
        var buffer = new byte[length + 1];
        var received = 0;
        var isEnd = false;
        while (!isEnd)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(received), default);
            (received, isEnd) = (received + part.Count, part.EndOfMessage);
        }

        Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, received));
    }

    [Fact]
    public async Task Where_something_lies_in_between_frames_pass_through_it_whole_and_in_turn()
    {
        var inner = new MemoryStream();
        var stream = new FrameStream(inner, direct: null);
        stream.GoDirect();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => stream.WriteAsync(new byte[] { (byte)i, (byte)i }).AsTask()));

        Assert.All(inner.ToArray().Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(Enumerable.Range(0, 100), inner.ToArray().Chunk(2).Select(pair => (int)pair[0]).Order());
    }
}
