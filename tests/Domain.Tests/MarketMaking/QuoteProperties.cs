using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.MarketMaking;

/// <summary>A maker on a market of its own, whose quotes others fill at random, whose cancels come late and whose look is stale.</summary>
public sealed class QuoteProperties
{
    private const int Seeds = 300;
    private const int Rounds = 60;

    private static readonly Market Tata = Samples.TataInr;

    [Fact]
    public void Random_fills_never_carry_a_maker_past_its_limits_nor_into_its_own_orders()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                new Run(seed).Go();
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception.Message}");
            }
        }
    }

    [Fact]
    public void A_quiet_maker_gets_all_its_quotes_and_then_does_nothing()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var run = new Run(seed);
            run.Go();
            Assert.True(run.ComesToRest(), $"Seed {seed}: it went on changing its quotes although nothing happened.");
        }
    }

    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<OpenQuote> _open = [];
        private QuoteTerms _terms = RandomTerms(new Random(seed));
        private long _reference = 2_000;
        private long _centre;
        private long _position;
        private long _base = 20_000;
        private decimal _quote = 3_000_000;
        private long _lastId;

        public void Go()
        {
            for (var round = 0; round < Rounds; round++)
            {
                _reference = Math.Clamp(_reference + _random.Next(-20, 21), 500, 8_000);
                if (_random.Next(20) == 0)
                    _terms = RandomTerms(_random) with { PositionMaxLots = Math.Max(_terms.PositionMaxLots, Math.Abs(_position)) };
                Round(() => FillSome());
                FillSome();
            }
        }

        public bool ComesToRest()
        {
            for (var round = 0; round < 20; round++)
                Round(() => { });
            return Look().IsNothing;
        }

        private void Round(Action meanwhile)
        {
            var plan = Look();
            meanwhile();
            foreach (var old in plan.Cancel.Where(_ => _random.Next(4) > 0))
                _open.RemoveAll(quote => quote.OrderId == old.OrderId);
            plan = Look();
            meanwhile();
            foreach (var quote in plan.Place)
                Place(quote);
        }

        private QuotePlan Look()
        {
            _centre = QuoteGrid.Settle(_terms, _centre, QuoteGrid.Centre(_terms, _reference, _position));
            var freeLots = _base - _open.Where(quote => quote.Side == Side.Sell).Sum(quote => quote.Lots);
            var freeQuote = _quote - _open.Where(quote => quote.Side == Side.Buy).Sum(Worth);
            var wanted = QuoteGrid.Around(_centre, _terms, Tata);
            return QuotePlan.Of(_terms, Tata, wanted, _open, new Inventory(_position, freeLots, freeQuote));
        }

        private void Place(Quote quote)
        {
            Assert.True(quote.Lots >= Tata.MinLots && quote.Lots <= Tata.MaxLots, "An order of a size that the market refuses.");
            Assert.DoesNotContain(_open, old => old.Side != quote.Side
                && (quote.Side == Side.Buy ? old.PriceTicks <= quote.PriceTicks : old.PriceTicks >= quote.PriceTicks));
            _open.Add(new OpenQuote(++_lastId, quote.Side, quote.PriceTicks, quote.Lots));
            CheckLimits();
        }

        private void FillSome()
        {
            for (var fill = _random.Next(4); fill > 0 && _open.Count > 0; fill--)
            {
                var at = _random.Next(_open.Count);
                var quote = _open[at];
                var lots = _random.Next(3) == 0 ? quote.Lots : _random.NextInt64(1, quote.Lots + 1);
                var sign = quote.Side == Side.Buy ? 1 : -1;
                _position += sign * lots;
                _base += sign * lots;
                _quote -= sign * Tata.NotionalOf(quote.PriceTicks, lots);
                _open[at] = quote with { Lots = quote.Lots - lots };
                _open.RemoveAll(left => left.Lots == 0);
                Assert.InRange(Math.Abs(_position), 0, _terms.PositionMaxLots);
                Assert.True(_base >= 0 && _quote >= 0, "It sold or paid what it did not have.");
            }
        }

        /// <summary>Limits that were lowered hold for what is placed from then on.</summary>
        private void CheckLimits()
        {
            var buys = _open.Where(quote => quote.Side == Side.Buy).Sum(quote => quote.Lots);
            var sells = _open.Where(quote => quote.Side == Side.Sell).Sum(quote => quote.Lots);
            Assert.True(_open[^1].Side == Side.Sell || _position + buys <= _terms.PositionMaxLots, "One side filling would break the limit.");
            Assert.True(_open[^1].Side == Side.Buy || sells - _position <= _terms.PositionMaxLots, "One side filling would break the limit.");
            Assert.True(_open.Sum(Worth) <= _terms.ExposureMax, "The quotes are worth too much.");
        }

        private static decimal Worth(OpenQuote quote) => Tata.NotionalOf(quote.PriceTicks, quote.Lots);

        private static QuoteTerms RandomTerms(Random random)
        {
            var terms = new QuoteTerms(
                Levels: random.Next(1, 12),
                HalfSpreadBps: random.Next(0, 100),
                StepBps: random.Next(1, 100),
                SkewBps: random.Next(0, 300),
                RequoteBps: random.Next(0, 30),
                LevelLots: random.Next(1, 500),
                GrowthPercent: random.Next(0, 100),
                PositionMaxLots: random.Next(1, 5_000),
                ExposureMax: random.Next(1_000, 1_000_000));
            Assert.Null(terms.FindProblem(Tata));
            return terms;
        }
    }
}
