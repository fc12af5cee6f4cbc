using System.Runtime.InteropServices;
using Exchange.Domain.Orders;

namespace Exchange.Bench.Replay;

public enum RecordType : byte
{
    Limit = 0,
    ImmediateOrCancel = 1,
    Cancel = 2,
}

/// <summary>One record of a recorded order stream, 16 bytes little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct StreamRecord
{
    public readonly RecordType Type;
    public readonly Side Side;
    private readonly ushort _reserved;
    public readonly uint OrderId;
    public readonly uint Price;
    public readonly uint Quantity;

    public static StreamRecord[] Load(string path) =>
        MemoryMarshal.Cast<byte, StreamRecord>(File.ReadAllBytes(path)).ToArray();
}
