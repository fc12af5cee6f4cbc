using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Tests.Publishing;

/// <summary>What a client does: takes a snapshot and puts the increments that follow it on top.</summary>
public sealed class LocalBook
{
    private readonly SortedDictionary<decimal, decimal> _bids;
    private readonly SortedDictionary<decimal, decimal> _asks;

    public LocalBook(DepthView snapshot)
    {
        _bids = new(snapshot.Bids.ToDictionary(level => level.Price, level => level.Quantity));
        _asks = new(snapshot.Asks.ToDictionary(level => level.Price, level => level.Quantity));
        Id = snapshot.UpdateId;
    }

    public long Id { get; private set; }
    public PriceLevel[] Bids => [.. _bids.Reverse().Select(level => new PriceLevel(level.Key, level.Value))];
    public PriceLevel[] Asks => [.. _asks.Select(level => new PriceLevel(level.Key, level.Value))];

    public LocalBook Apply(IEnumerable<DepthIncrement> increments)
    {
        foreach (var increment in increments.Where(increment => increment.LastId > Id))
        {
            Assert.True(increment.FirstId <= Id + 1, $"{increment.FirstId} leaves a gap after {Id}");
            Apply(_bids, increment.Bids);
            Apply(_asks, increment.Asks);
            Id = increment.LastId;
        }

        return this;
    }

    private static void Apply(SortedDictionary<decimal, decimal> side, PriceLevel[] levels)
    {
        foreach (var level in levels)
        {
            if (level.Quantity == 0)
                side.Remove(level.Price);
            else
                side[level.Price] = level.Quantity;
        }
    }
}
