using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>A book, a venue and what matching reported, so that a test can run the same rules over any book.</summary>
public abstract class Market
{
    public abstract IOrderBook Book { get; }
    public ListVenue Venue { get; } = new();
    public List<MatchEvent> Events { get; } = [];

    public static Market Naive() => new Market<NaiveOrderBook>(new NaiveOrderBook());

    public static Market Fast() => new Market<FastBook>(new FastBook(new LadderOrderBook()));

    public abstract Outcome Execute(in Order order);

    public abstract long FillFromVenue(Side resting);

    public abstract long FillFromVenueTrade(long price, long lots);
}

public sealed class Market<TBook>(TBook book) : Market
    where TBook : IOrderBook
{
    private RecordingSink _sink;
    private ListVenue _venue = new();

    public override IOrderBook Book => book;

    public override Outcome Execute(in Order order)
    {
        Prepare();
        return Matcher.Execute(book, order, ref _venue, ref _sink);
    }

    public override long FillFromVenue(Side resting)
    {
        Prepare();
        return Matcher.FillFromVenue(book, resting, ref _venue, ref _sink);
    }

    public override long FillFromVenueTrade(long price, long lots)
    {
        Prepare();
        return Matcher.FillFromVenueTrade(book, price, lots, ref _sink);
    }

    private void Prepare()
    {
        Events.Clear();
        _sink = new RecordingSink(Events);
        _venue = Venue;
    }
}
