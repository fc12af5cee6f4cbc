using Exchange.Domain.Events;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>What the venue does to resting orders: it fills them, and moves them forward in its queues.</summary>
public sealed partial class OrderDesk
{
    /// <summary>The venue's depth has moved: resting orders that it now reaches fill at their own price.</summary>
    public void FillFromVenue(VenueOffer venue)
    {
        var recorder = new Recorder(this, null);
        Matcher.FillFromVenue(_book, Side.Buy, ref venue, ref recorder);
        Matcher.FillFromVenue(_book, Side.Sell, ref venue, ref recorder);
    }

    /// <summary>
    /// The venue has traded: resting orders at better prices would have traded first. What that leaves goes to the orders
    /// at the trade's price that have nothing of the venue before them any more.
    /// </summary>
    /// <param name="mayFill">False where nothing may be executed; then the trade only moves the queue.</param>
    public void FillFromVenueTrade(Side takerSide, long priceTicks, long lots, bool mayFill = true)
    {
        var recorder = new Recorder(this, null);
        var given = mayFill ? Matcher.FillFromVenueTrade(_book, priceTicks, lots, ref recorder) : 0;
        foreach (var fill in state.Queue.Trade(takerSide, priceTicks, lots, mayFill ? lots - given : 0))
            FillMaker(fill, ref recorder);
    }

    /// <summary>Orders that rest without a place in the venue's queue get one, which becomes known with the venue's book.</summary>
    public void QueueThoseWithoutPlace()
    {
        if (!state.Queue.IsOn || state.Queue.Orders == state.Book.Count)
            return;
        foreach (var resting in state.Book.Orders())
        {
            if (!state.Queue.Contains(resting.Id))
                Emit(new OrderQueued(resting.Id, OrderQueued.NotKnownYet));
        }
    }

    /// <summary>The venue's book is known now, and with it the places of the orders that came before that.</summary>
    public void PlaceThoseThatWaited()
    {
        if (!state.Queue.HasWaiting)
            return;
        foreach (var (orderId, ahead) in state.Queue.Placeable(state.Venue))
            Queue(orderId, ahead);
    }

    /// <summary>How far the venue's queues have moved, for an activation that starts from the journal.</summary>
    public void FlushQueues()
    {
        foreach (var move in state.Queue.TakeMoves())
            Note(move);
    }

    private void Rest(OrderAccepted order, long lots)
    {
        Emit(new OrderRested(order.OrderId, lots));
        if (!state.Queue.IsOn)
            return;
        var isKnown = state.Venue.State == FeedState.Live;
        var shown = isKnown ? state.Venue.ShownAt(order.Side, order.PriceTicks) : 0;
        Queue(order.OrderId, isKnown ? state.Queue.AheadOfNew(order.Side, order.PriceTicks, shown) : OrderQueued.NotKnownYet);
    }

    /// <summary>A place counts from where the queue is now, so the journal has to know that first.</summary>
    private void Queue(long orderId, long ahead)
    {
        if (_book.TryGet(orderId, out var resting) && state.Queue.TakeMove(resting.Side, resting.Price) is { } move)
            Note(move);
        Emit(new OrderQueued(orderId, ahead));
    }

    /// <summary>An iceberg fills slice by slice, each from the back of the book's level, but keeps its place at the venue.</summary>
    private void FillMaker(QueueFill fill, ref Recorder recorder)
    {
        for (var left = fill.Lots; left > 0 && _book.TryGet(fill.OrderId, out var resting);)
        {
            var lots = Math.Min(left, resting.Visible);
            _book.Fill(resting.Id, lots);
            recorder.Traded(resting.Id, resting.Account, resting.Price, lots, resting.Lots - lots);
            left -= lots;
        }
    }

    private void NoteVenue()
    {
        FlushQueues();
        if (!state.Venue.HasNews)
            return;
        foreach (var level in state.Venue.TakeNews())
            Emit(new VenueLevelTaken(level.Side, level.Price, level.ShownLots, level.TakenLots));
    }

    private void Note(in QueueMove move) => Emit(new QueueMoved(move.Side, move.Price, move.Traded, move.LastAhead));
}
