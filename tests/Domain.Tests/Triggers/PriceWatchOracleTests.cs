using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

/// <summary>A watch that looks at every trigger and every trailing stop on every leg says what is right.</summary>
public sealed class PriceWatchOracleTests
{
    [Theory]
    [InlineData(20260301, TriggerDirection.Falling, 150_000, 40, 200)]
    [InlineData(20260302, TriggerDirection.Rising, 150_000, 40, 200)]
    [InlineData(20260303, TriggerDirection.Falling, 60_000, 300, 5_000)]
    [InlineData(20260304, TriggerDirection.Rising, 60_000, 300, 1_000_000_000)]
    public void The_watch_agrees_with_a_naive_one(int seed, TriggerDirection trailing, int commands, int armed, long spread)
    {
        try
        {
            new Twins(seed, trailing, armed, spread).Run(commands);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The watches disagree with seed {seed}.", failure);
        }
    }

    private sealed class Twins(int seed, TriggerDirection trailing, int armed, long spread)
    {
        private readonly Random _random = new(seed);
        private readonly NaivePriceWatch _naive = new(trailing);
        private readonly List<Trigger> _naiveFired = [];
        private readonly List<Trigger> _fastFired = [];
        private PriceWatch _fast = new(trailing);
        private PricePath _path = PricePath.At(spread * 10);
        private int _trailed;

        public void Run(int commands)
        {
            for (var i = 1; i <= commands; i++)
            {
                Step();
                if (i % 100 == 0)
                    Compare();
                if (i % 5_000 == 0)
                    Restore();
            }

            Assert.True(_trailed > commands / 100, $"only {_trailed} trailing stops fired");
        }

        private void Step()
        {
            var id = 1 + _random.Next(armed);
            switch (_random.Next(10))
            {
                case < 4:
                    Walk();
                    break;
                case < 5:
                    Assert.Equal(_naive.Cancel(id, id % 3), _fast.Cancel(id, id % 3));
                    break;
                case < 6:
                    var trigger = new Trigger(id, id % 3, (TriggerDirection)_random.Next(2), Near());
                    _naive.Arm(trigger);
                    _fast.Arm(trigger);
                    break;
                default:
                    Trail(id);
                    break;
            }
        }

        private void Trail(int id)
        {
            var unit = _random.Next(2) == 0 ? TrailUnit.Ticks : TrailUnit.BasisPoints;
            var distance = 1 + (unit == TrailUnit.Ticks ? _random.NextInt64(spread) : _random.Next(1_500));
            var stop = new TrailingStop(id, id % 3, trailing, unit, distance, _path.Last);
            _naive.Arm(stop);
            _fast.Arm(stop);
        }

        private void Walk()
        {
            var (one, other, last) = (Near(), Near(), Near());
            _path = new PricePath(_path.Last, Math.Min(Math.Min(one, other), last), Math.Max(Math.Max(one, other), last), last);
            var again = _random.Next(3);
            _naiveFired.Clear();
            _fastFired.Clear();
            var naive = new Fired(_naiveFired, trigger => React(stop => _naive.Arm(stop), trigger, again));
            var fast = new Fired(_fastFired, trigger => React(stop => _fast.Arm(stop), trigger, again));
            _naive.Fire(_path, ref naive);
            Assert.Equal(_naiveFired.Count, _fast.Fire(_path, ref fast));
            Assert.Equal(InOrder(_naiveFired), InOrder(_fastFired));
            _trailed += _naiveFired.Count(trigger => trigger.Direction == trailing);
        }

        private void React(Action<TrailingStop> arm, Trigger trigger, int again)
        {
            if (trigger.Id % 3 == again)
                arm(new TrailingStop(trigger.Id, trigger.Slot, trailing,
                     TrailUnit.Ticks, 1 + trigger.Id * spread / armed / 4, trigger.Level));
        }

        /// <summary>What fires at one level on one leg may come in any order.</summary>
        private static List<Trigger> InOrder(List<Trigger> fired)
        {
            var ordered = new List<Trigger>();
            for (var from = 0; from < fired.Count;)
            {
                var first = fired[from];
                var same = fired.Skip(from).TakeWhile(next => (next.Level, next.Direction) == (first.Level, first.Direction)).ToList();
                ordered.AddRange(same.OrderBy(trigger => trigger.Id));
                from += same.Count;
            }

            return ordered;
        }

        private void Compare()
        {
            _fast.Validate();
            Assert.Equal(_naive.Triggers(), _fast.Triggers().OrderBy(trigger => trigger.Id));
            Assert.Equal(_naive.Trailing(), _fast.Trailing().OrderBy(stop => stop.Id));
        }

        private void Restore()
        {
            var restored = new PriceWatch(trailing);
            foreach (var trigger in _fast.Triggers())
                restored.Arm(trigger);
            foreach (var stop in _fast.Trailing())
                restored.Arm(stop);
            Assert.Equal(_fast.StateHash(), restored.StateHash());
            _fast = restored;
        }

        private long Near() => Math.Max(spread, _path.Last + _random.NextInt64(-spread, spread + 1) / _random.Next(1, 60));
    }
}
