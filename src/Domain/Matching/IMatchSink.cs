using Exchange.Domain.Book;

namespace Exchange.Domain.Matching;

/// <summary>Hears everything that happens while an order is matched, in order.</summary>
public interface IMatchSink : IBookSink
{
    void TradedWithVenue(long price, long lots);
}
