using System.Buffers.Binary;
using System.Text;

namespace Exchange.Bench.Orders;

/// <summary>How orders travel: what goes around an order's JSON, what opens a connection, and where an answer ends.</summary>
public abstract class OrderWire(Uri silo)
{
    public static OrderWire Http(Uri silo) => new HttpWire(silo);

    public static OrderWire WebSocket(Uri silo) => new WebSocketWire(silo);

    protected Uri Silo => silo;

    public abstract (byte[] Head, byte[] Tail) Around(string token, int jsonLength);

    /// <summary>Sent first and answered once; empty where a connection needs no opening.</summary>
    public abstract byte[] Opening(string token);

    public abstract bool TryParse(ReadOnlySpan<byte> buffer, out Response response);

    private sealed class HttpWire(Uri silo) : OrderWire(silo)
    {
        public override (byte[] Head, byte[] Tail) Around(string token, int jsonLength) => (Encoding.ASCII.GetBytes(
            $"POST /api/v1/order HTTP/1.1\r\nHost: {Silo.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {jsonLength}\r\n\r\n"), []);

        public override byte[] Opening(string token) => [];

        public override bool TryParse(ReadOnlySpan<byte> buffer, out Response response) => ResponseParser.TryParse(buffer, out response);
    }

    /// <summary>A client's frames must be masked; a mask of zeros leaves the text as it is.</summary>
    private sealed class WebSocketWire(Uri silo) : OrderWire(silo)
    {
        private const int Ok = 200;
        private const int Refused = 400;

        private static readonly byte[] Before = """{"method":"order.place","params":"""u8.ToArray();
        private static readonly byte[] After = ""","id":1}"""u8.ToArray();

        public override (byte[] Head, byte[] Tail) Around(string token, int jsonLength)
        {
            byte[] frame = [0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(Before.Length + jsonLength + After.Length));
            return ([.. frame, .. Before], After);
        }

        public override byte[] Opening(string token) => Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {Silo.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: Bearer {token}\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        public override bool TryParse(ReadOnlySpan<byte> buffer, out Response response)
        {
            if (buffer.Length > 0 && buffer[0] == 'H')
                return ResponseParser.TryParse(buffer, out response);
            response = default;
            if (buffer.Length < 4)
                return false;
            var isLong = buffer[1] == 126;
            var start = isLong ? 4 : 2;
            var length = start + (isLong ? BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]) : buffer[1]);
            if (buffer.Length < length)
                return false;
            response = new Response(buffer[start..].StartsWith("{\"result\""u8) ? Ok : Refused, start, length);
            return true;
        }
    }
}
