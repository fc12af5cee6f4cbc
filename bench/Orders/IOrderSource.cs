namespace Exchange.Bench.Orders;

/// <summary>The requests of one connection, one after the other; each is valid until the next is asked for.</summary>
public interface IOrderSource
{
    /// <summary>What the connection begins with; empty where it needs nothing.</summary>
    byte[] Opening { get; }

    ReadOnlySpan<byte> Next();
}
