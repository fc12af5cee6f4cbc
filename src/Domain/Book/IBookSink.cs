namespace Exchange.Domain.Book;

/// <summary>
/// Hears what a taker did to the book, in order. Implemented by structs, so the calls are bound when the code is
/// compiled. A sink must not touch the book that calls it.
/// </summary>
public interface IBookSink
{
    void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining);

    void MakerExpired(long makerId, long makerAccount, long lots);

    /// <summary>Self-trade prevention took the lots from maker and taker alike; a maker without remaining lots is gone.</summary>
    void Decremented(long makerId, long makerAccount, long lots, long makerRemaining);
}
