using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

/// <summary>A million random commands: the naive index says what is right, the fast one must say the same.</summary>
public sealed class TriggerOracleTests
{
    [Theory]
    [InlineData(20260201, 500_000, 60, 300)]
    [InlineData(20260202, 300_000, 150, 20_000)]
    [InlineData(20260203, 250_000, 150, 2_000_000_000_000)]
    public void The_fast_index_agrees_with_the_naive_one(int seed, int commands, int armed, long spread)
    {
        try
        {
            new Twins(seed, armed, spread).Run(commands);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The indices disagree with seed {seed}.", failure);
        }
    }

    private sealed class Twins(int seed, int armed, long spread)
    {
        private readonly Random _random = new(seed);
        private readonly NaiveTriggerIndex _naive = new();
        private readonly List<Trigger> _naiveFired = [];
        private readonly List<Trigger> _fastFired = [];
        private TriggerIndex _fast = new();
        private long _price = spread * 10;
        private int _firings;

        public void Run(int commands)
        {
            for (var i = 1; i <= commands; i++)
            {
                Step();
                if (i % 500 == 0)
                    Compare();
                if (i % 10_000 == 0)
                    Restore();
            }

            Assert.True(_firings > commands / 50, $"only {_firings} triggers fired");
        }

        private void Step()
        {
            var draw = _random.Next(100);
            if (draw < 30)
                Fire();
            else if (draw < 30 + Math.Min(30, 30 * _naive.Count / armed))
                Cancel();
            else
                Arm();
        }

        private void Arm()
        {
            var trigger = new Trigger(1 + _random.Next(armed), _random.Next(3), (TriggerDirection)_random.Next(2), Near(_price));
            _naive.Arm(trigger);
            _fast.Arm(trigger);
        }

        private void Cancel()
        {
            var (id, slot) = (1 + _random.Next(armed), _random.Next(3));
            Assert.Equal(_naive.TryGet(id, slot, out var naive), _fast.TryGet(id, slot, out var fast));
            Assert.Equal(naive, fast);
            Assert.Equal(_naive.Cancel(id, slot), _fast.Cancel(id, slot));
        }

        private void Fire()
        {
            _price = Near(_price);
            var direction = (TriggerDirection)_random.Next(2);
            var reactions = _random.Next();
            _naiveFired.Clear();
            _fastFired.Clear();
            var naive = new Fired(_naiveFired, trigger => React(_naive, trigger, reactions));
            var fast = new Fired(_fastFired, trigger => React(_fast, trigger, reactions));
            Assert.Equal(_naive.Fire(direction, _price, ref naive), _fast.Fire(direction, _price, ref fast));
            if (!_naiveFired.SequenceEqual(_fastFired))
                Assert.Equal(_naiveFired, _fastFired);
            _firings += _naiveFired.Count;
        }

        /// <summary>The same for both: it depends only on the trigger and on the seed of this firing.</summary>
        private void React(ITriggerIndex index, Trigger trigger, int reactions)
        {
            var random = new Random(unchecked(reactions * 31 + (int)trigger.Level * 17 + (int)trigger.Id));
            var direction = random.Next(4) == 0 ? (TriggerDirection)random.Next(2) : trigger.Direction;
            var ahead = trigger.Direction == TriggerDirection.Falling ? -1L : 1L;
            switch (random.Next(8))
            {
                case 0:
                    index.Arm(trigger with { Direction = direction });
                    break;
                case 1:
                    index.Arm(trigger with { Direction = direction, Level = Clamp(trigger.Level + ahead * random.NextInt64(spread / 4)) });
                    break;
                case 2:
                    index.Arm(trigger with { Level = Clamp(trigger.Level - ahead * random.NextInt64(spread / 4)) });
                    break;
                case 3:
                    index.Cancel(1 + random.Next(armed), random.Next(3));
                    break;
                case 4:
                    index.Arm(trigger with { Id = 1 + random.Next(armed), Level = Clamp(trigger.Level + random.Next(-2, 3)) });
                    break;
            }
        }

        private void Compare()
        {
            Assert.Equal(_naive.StateHash(), _fast.StateHash());
            _fast.Validate();
            foreach (var direction in Enum.GetValues<TriggerDirection>())
            {
                Assert.Equal(_naive.TryNearest(direction, out var naive), _fast.TryNearest(direction, out var fast));
                Assert.Equal(naive, fast);
            }
        }

        private void Restore()
        {
            var restored = new TriggerIndex();
            foreach (var trigger in _fast.Triggers())
                restored.Arm(trigger);
            _fast = restored;
        }

        private long Near(long price) => Clamp(price + _random.NextInt64(-spread, spread + 1) / _random.Next(1, 50));

        private static long Clamp(long level) => Math.Clamp(level, 1, Trigger.LevelMax);
    }
}
