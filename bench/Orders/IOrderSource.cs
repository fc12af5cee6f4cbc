namespace Exchange.Bench.Orders;

/// <summary>The requests of one connection, one after the other; each is valid until the next is asked for.</summary>
public interface IOrderSource
{
    ReadOnlySpan<byte> Next();
}
