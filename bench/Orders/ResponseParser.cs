using System.Buffers.Text;

namespace Exchange.Bench.Orders;

/// <summary>One HTTP/1.1 response at the head of a buffer. The body of a chunked response is left as it came, sizes included.</summary>
public readonly record struct Response(int Status, int BodyStart, int Length);

/// <summary>Reads as much of a response as a load generator needs: where it ends, and its status.</summary>
public static class ResponseParser
{
    private const int StatusOffset = 9;

    /// <summary>False as long as the response is not complete.</summary>
    public static bool TryParse(ReadOnlySpan<byte> buffer, out Response response)
    {
        response = default;
        var headEnd = buffer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;

        var head = buffer[..(headEnd + 2)];
        var bodyStart = headEnd + 4;
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head.Slice(StatusOffset, 3), out int status, out _))
            throw new InvalidDataException("Not an HTTP/1.1 response.");

        var bodyLength = BodyLength(head, buffer[bodyStart..]);
        if (bodyLength < 0 || buffer.Length < bodyStart + bodyLength)
            return false;
        response = new Response(status, bodyStart, bodyStart + bodyLength);
        return true;
    }

    private static int BodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var field = head.IndexOf("\r\nContent-Length: "u8);
        if (field >= 0)
        {
            return Utf8Parser.TryParse(head[(field + "\r\nContent-Length: "u8.Length)..], out int length, out _)
                ? length
                : throw new InvalidDataException("A content length that is no number.");
        }

        return head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0 ? ChunkedLength(body) : 0;
    }

    private static int ChunkedLength(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (true)
        {
            var lineEnd = body[at..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return -1;
            if (!Utf8Parser.TryParse(body.Slice(at, lineEnd), out int size, out _, 'x'))
                throw new InvalidDataException("A chunk size that is no number.");
            at += lineEnd + 2 + size + 2;
            if (at > body.Length)
                return -1;
            if (size == 0)
                return at;
        }
    }
}
