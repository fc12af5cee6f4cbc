using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>
/// A symbol's positions with prices that the test sets. Orders fill in full at the bid or the ask; whatever is decided to
/// close does so at once, unless the test has taken the other side away.
/// </summary>
internal sealed class Floor
{
    public const long Ann = 1;
    public const long Bob = 2;

    public static readonly Market Sol = DefaultMarkets.All.Single(market => market.Symbol == "SOL_USDC");

    private readonly TickDesk _ticks;
    private long _lastId;

    public Floor(CfdTerms? terms = null)
    {
        Terms = terms ?? CfdTerms.Default;
        Book = new PositionBook(Sol);
        Desk = new PositionDesk(Book, Terms, Take);
        Conditionals = new ConditionalDesk(Book, Take);
        _ticks = new TickDesk(Book, Take);
    }

    public CfdTerms Terms { get; }
    public PositionBook Book { get; }
    public PositionDesk Desk { get; }
    public ConditionalDesk Conditionals { get; }
    public List<DomainEvent> Events { get; } = [];
    public List<(DomainEvent Event, long AtMs)> Journal { get; } = [];
    public Quotes Quotes { get; private set; } = new(Bid: 23_599, Ask: 23_600, Mark: 23_600);
    public long NowMs { get; set; } = 1_795_158_000_000;
    public bool HasLiquidity { get; set; } = true;

    public long NextId() => Domain.Orders.OrderIds.Create(Ann, ++_lastId);

    public Reason TryOpen(
        PositionSide side, decimal margin, int leverage, PositionLevels levels = default, long account = Ann, long id = 0)
    {
        var request = new OpenPosition(id == 0 ? NextId() : id, account, "mine", side, margin, new Leverage(leverage * 10), levels);
        var reason = Desk.CheckOpen(request, Quotes, NowMs);
        if (reason != Reason.None)
            return reason;
        var price = Quotes.At(side.EntrySide());
        var lots = HasLiquidity ? PositionMath.LotsFor(Sol, margin, request.Leverage, price) : 0;
        return Desk.Open(request, new MarketFill(lots, Sol.NotionalOf(price, lots)), isCutShort: false, Quotes);
    }

    public Position Open(
        PositionSide side, decimal margin, int leverage, PositionLevels levels = default, long account = Ann)
    {
        var id = NextId();
        Assert.Equal(Reason.None, TryOpen(side, margin, leverage, levels, account, id));
        Assert.True(Book.TryGet(id, out var position));
        return position;
    }

    public Reason Change(Position position, PositionLevels levels, long account = Ann) =>
        Desk.Change(account, position.Id, levels, Quotes, NowMs);

    public Reason Close(long positionId, long lots = 0, long account = Ann)
    {
        var reason = Desk.CheckClose(account, positionId, lots);
        if (reason != Reason.None)
            return reason;
        Assert.True(Book.TryGet(positionId, out var position));
        return Exit(position, lots);
    }

    /// <summary>Bid and ask move with the mark price, a tick apart.</summary>
    public List<DomainEvent> Mark(long mark) => Move(mark - 1, mark, mark);

    public List<DomainEvent> Move(long bid, long ask, long mark)
    {
        var tick = new MarketTick(
            PricePath.At(Quotes.Bid).To(bid), PricePath.At(Quotes.Ask).To(ask), PricePath.At(Quotes.Mark).To(mark));
        return Tick(tick, new Quotes(bid, ask, mark));
    }

    public List<DomainEvent> Tick(MarketTick tick, Quotes after)
    {
        var from = Events.Count;
        Quotes = after;
        _ticks.Tick(tick, NowMs);
        foreach (var position in Book.Closing.ToList())
            Exit(position, 0);
        Book.Validate();
        return Events[from..];
    }

    /// <summary>The book that the journal gives, which must be this one.</summary>
    public PositionBook Replayed()
    {
        Desk.FlushTrailing();
        var replayed = new PositionBook(Sol);
        foreach (var (happened, atMs) in Journal)
            replayed.Apply(EventCodec.Decode(EventCodec.Encode(new EventBatch(atMs, [happened]))).Events[0], atMs);
        replayed.Validate();
        return replayed;
    }

    public PositionBook Restored()
    {
        var reader = new ByteReader(PositionBookSnapshot.Write(Book));
        var restored = new PositionBook(Sol);
        PositionBookSnapshot.Read(ref reader, restored);
        Assert.True(reader.AtEnd);
        restored.Validate();
        return restored;
    }

    private Reason Exit(Position position, long lots)
    {
        var order = Desk.ExitOrder(position, lots, Quotes);
        var price = Quotes.At(order.Side);
        var fill = HasLiquidity ? new MarketFill(order.Lots, Sol.NotionalOf(price, order.Lots)) : default;
        return Desk.Exited(position.Id, fill);
    }

    private void Take(DomainEvent happened)
    {
        Book.Apply(happened, NowMs);
        Events.Add(happened);
        Journal.Add((happened, NowMs));
    }
}
