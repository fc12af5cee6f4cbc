using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>
/// Runs the same random commands through the naive and the fast book and compares what happens. A third book only ever
/// sees the reported events, as a journal's reader does, and must end up the same; and now and then the fast book is
/// replaced by one restored from its orders, so that a restored book is shown to behave like the one it came from.
/// </summary>
public sealed class TwinMarkets(Regime regime, int seed)
{
    private readonly Random _random = new(seed);
    private readonly RandomOrders _orders = new(regime, new Random(seed + 1));
    private readonly Market _naive = Market.Naive();
    private Market _fast = Market.Fast();
    private readonly LadderOrderBook _replayed = new();
    private int _mostOpen;
    private int _trades;
    private readonly LiveOrders _live = new();

    public void Run()
    {
        for (var i = 1; i <= regime.Commands; i++)
        {
            _orders.MoveMarket();
            Step();
            CompareEvents();
            if (i % 1000 == 0)
                CompareState();
            if (i % 10_000 == 0)
                RestoreFast();
        }

        Assert.True(_mostOpen > regime.OpenOrders / 2, $"only {_mostOpen} orders were open");
        Assert.True(_trades > regime.Commands / 25, $"only {_trades} trades happened");
    }

    private void Step()
    {
        var draw = _random.Next(100);
        var cancels = Math.Min(80, 40 * _live.Count / regime.OpenOrders);
        if (draw < cancels)
            Cancel(_live.Pick(_random));
        else if (draw < 83 && _live.Count > 0 && _random.Next(15) == 0)
            Reduce(_live.Pick(_random));
        else if (draw is 98)
            MoveVenue();
        else if (draw is 99)
            PrintVenueTrade();
        else
            Execute(_orders.Next());
    }

    private void Execute(in Order order)
    {
        var outcome = _naive.Execute(order);
        Assert.Equal(outcome, _fast.Execute(order));
        MarketRules.Check(order, outcome, _naive.Events);
        MarketRules.CheckNotCrossed(_naive.Book);
        Replay(_naive.Events);
        if (outcome.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled))
            return;
        _replayed.Add(new RestingOrder(order.Id, order.Account, order.Side, order.Price, outcome.Remaining, order.Display));
        _live.Add(order.Id);
        _mostOpen = Math.Max(_mostOpen, _live.Count);
    }

    private void Cancel(long id)
    {
        _naive.Events.Clear();
        _fast.Events.Clear();
        Assert.True(_naive.Book.Remove(id));
        Assert.True(_fast.Book.Remove(id));
        Assert.True(_replayed.Remove(id));
        _live.Remove(id);
        Assert.False(_fast.Book.Remove(id));
    }

    private void Reduce(long id)
    {
        _naive.Events.Clear();
        _fast.Events.Clear();
        Assert.True(_naive.Book.TryGet(id, out var order));
        Assert.True(_fast.Book.TryGet(id, out var same));
        Assert.Equal(order, same);
        var lots = 1 + _random.NextInt64(order.Lots);
        _naive.Book.Reduce(id, lots);
        _fast.Book.Reduce(id, lots);
        _replayed.Reduce(id, lots);
        if (lots == order.Lots)
            _live.Remove(id);
    }

    private void MoveVenue()
    {
        var side = (Side)_random.Next(2);
        var levels = side == Side.Buy ? _naive.Venue.Bids : _naive.Venue.Asks;
        levels.Clear();
        levels.AddRange(_orders.VenueSide(side));
        _fast.Venue.Become(_naive.Venue);
        Assert.Equal(_naive.FillFromVenue(side.Opposite()), _fast.FillFromVenue(side.Opposite()));
        Replay(_naive.Events);
    }

    private void PrintVenueTrade()
    {
        var (price, lots) = _orders.VenueTrade();
        Assert.Equal(_naive.FillFromVenueTrade(price, lots), _fast.FillFromVenueTrade(price, lots));
        Replay(_naive.Events);
    }

    private void Replay(List<MatchEvent> events)
    {
        foreach (var happened in events)
        {
            switch (happened.Kind)
            {
                case MatchEventKind.Trade:
                    Assert.True(_replayed.Fill(happened.Maker, happened.Lots));
                    break;
                case MatchEventKind.MakerExpired:
                    Assert.True(_replayed.Remove(happened.Maker));
                    break;
                case MatchEventKind.Decremented:
                    Assert.True(_replayed.Reduce(happened.Maker, happened.Lots));
                    break;
            }

            if (happened.Kind != MatchEventKind.VenueTrade && happened.Left == 0)
                _live.Remove(happened.Maker);
        }
    }

    private void CompareEvents()
    {
        _trades += _naive.Events.Count;
        if (!_naive.Events.SequenceEqual(_fast.Events))
            Assert.Equal(_naive.Events, _fast.Events);
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            var found = _naive.Book.TryBest(side, out var price, out var lots);
            Assert.Equal(found, _fast.Book.TryBest(side, out var fastPrice, out var fastLots));
            Assert.Equal((price, lots), (fastPrice, fastLots));
        }
    }

    private void CompareState()
    {
        var hash = _naive.Book.StateHash();
        Assert.Equal(hash, _fast.Book.StateHash());
        Assert.Equal(hash, _replayed.StateHash());
        Assert.Equal(_live.Count, _fast.Book.Count);
        Assert.Equal(DepthOf(_naive.Book, Side.Buy), DepthOf(_fast.Book, Side.Buy));
        Assert.Equal(DepthOf(_naive.Book, Side.Sell), DepthOf(_fast.Book, Side.Sell));
        _naive.Book.Validate();
        _fast.Book.Validate();
        _replayed.Validate();
    }

    private void RestoreFast()
    {
        var restored = Market.Fast();
        foreach (var order in _fast.Book.Orders())
            restored.Book.Add(order);
        restored.Venue.Become(_fast.Venue);
        Assert.Equal(_fast.Book.StateHash(), restored.Book.StateHash());
        _fast = restored;
    }

    private static DepthLevel[] DepthOf(IOrderBook book, Side side)
    {
        var levels = new DepthLevel[100];
        return levels[..book.Depth(side, levels)];
    }
}
