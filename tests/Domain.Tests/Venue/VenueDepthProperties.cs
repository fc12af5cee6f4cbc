using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Venue;

/// <summary>The mirror against two sorted dictionaries that do the same without any cleverness.</summary>
public sealed class VenueDepthProperties
{
    private const int Capacity = 40;

    [Fact]
    public void The_mirror_equals_a_naive_book_after_every_step()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var depth = new VenueDepth(Capacity);
            depth.SetState(FeedState.Live, 1);
            var naive = new NaiveDepth();
            for (int step = 0; step < 3_000; step++)
            {
                Step(random, depth, naive);
                Assert.True(Same(depth, naive, Side.Buy) && Same(depth, naive, Side.Sell), $"seed {seed}, step {step}");
            }
        }
    }

    private static void Step(Random random, VenueDepth depth, NaiveDepth naive)
    {
        var side = (Side)random.Next(2);
        switch (random.Next(100))
        {
            case 0:
                var bids = RandomLevels(random, 100, -1);
                var asks = RandomLevels(random, 101, 1);
                depth.ApplySnapshot(bids, asks, 1);
                naive.Replace(Side.Buy, bids);
                naive.Replace(Side.Sell, asks);
                break;
            case < 30:
                if (depth.TryBest(side, out long best, out long lots))
                {
                    long taken = random.NextInt64(1, lots + 1);
                    depth.Take(side, best, taken);
                    naive.Take(side.Opposite(), best, taken);
                }
                break;
            default:
                long price = side == Side.Buy ? 104 - random.Next(60) : 97 + random.Next(60);
                long newLots = random.Next(3) == 0 ? 0 : random.Next(1, 20);
                depth.Apply(side, price, newLots, 1);
                naive.Apply(side, price, newLots);
                break;
        }
    }

    private static bool Same(VenueDepth depth, NaiveDepth naive, Side side)
    {
        var mirrored = new DepthLevel[Capacity];
        int count = depth.CopyTop(side, mirrored);
        var expected = naive.Left(side);
        long total = expected.Sum(level => level.Lots);
        return expected.SequenceEqual(mirrored[..count])
            && depth.BestPrice(side) == expected.FirstOrDefault().Price
            && depth.BestLots(side) == expected.FirstOrDefault().Lots
            && depth.Available(side.Opposite(), side == Side.Buy ? 1 : 1_000, 1_000_000) == total;
    }

    private static DepthLevel[] RandomLevels(Random random, long from, int direction)
    {
        var levels = new List<DepthLevel>();
        for (long price = from; levels.Count < 50; price += direction * random.Next(1, 3))
        {
            if (levels.Count == 0 || levels[^1].Price != price)
                levels.Add(new DepthLevel(price, random.Next(1, 6)));
            if (price <= 2)
                break;
        }
        return [.. levels];
    }

    private sealed class NaiveDepth
    {
        private readonly Dictionary<Side, Dictionary<long, (long Lots, long Taken)>> _sides = new()
        {
            [Side.Buy] = [],
            [Side.Sell] = [],
        };

        public void Apply(Side side, long price, long lots)
        {
            var opposite = _sides[side.Opposite()];
            if (lots > 0)
            {
                foreach (long crossed in opposite.Keys.Where(other => side == Side.Buy ? other <= price : other >= price).ToList())
                    opposite.Remove(crossed);
            }
            if (lots == 0)
                _sides[side].Remove(price);
            else
                _sides[side][price] = (lots, 0);
            Trim(side);
        }

        public void Replace(Side side, DepthLevel[] levels)
        {
            var old = _sides[side];
            _sides[side] = levels.ToDictionary(
                level => level.Price,
                level => (level.Lots, old.TryGetValue(level.Price, out var before) && before.Lots == level.Lots ? before.Taken : 0));
            Trim(side);
        }

        public void Take(Side side, long price, long lots)
        {
            var (all, taken) = _sides[side][price];
            _sides[side][price] = (all, taken + lots);
        }

        public List<DepthLevel> Left(Side side) =>
        [
            .. Sorted(side)
                .Select(price => new DepthLevel(price, _sides[side][price].Lots - _sides[side][price].Taken))
                .Where(level => level.Lots > 0),
        ];

        private void Trim(Side side)
        {
            foreach (long price in Sorted(side).Skip(Capacity).ToList())
                _sides[side].Remove(price);
        }

        private IEnumerable<long> Sorted(Side side) =>
            side == Side.Buy ? _sides[side].Keys.OrderDescending() : _sides[side].Keys.Order();
    }
}
