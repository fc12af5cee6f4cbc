using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>
/// Random opens, changes, closes, margin, ticks, funding, thin markets, restarts from snapshots and from the journal. After
/// every step: nobody closes twice, nothing that closed is armed, no loss exceeds a margin, and owners and house sum to zero.
/// </summary>
public sealed class PositionProperties
{
    [Theory]
    [InlineData(20260501)]
    [InlineData(20260502)]
    [InlineData(20260503)]
    [InlineData(20260504)]
    public void No_sequence_of_events_breaks_the_rules(int seed)
    {
        var run = new Run(seed);
        try
        {
            run.Steps(6_000);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed} broke a rule at step {run.Step}.", failure);
        }
    }

    private sealed class Run
    {
        private static readonly CfdTerms Terms = new()
        {
            MaintenanceBps = 50, EntryFeeBps = 4, ExitFeeBps = 5, SlippageBps = 2_000, FundingIntervalMs = 60_000, FundingRate = 0.0007m,
        };

        private readonly Random _random;
        private readonly List<(DomainEvent Event, long AtMs)> _journal = [];
        private readonly Dictionary<long, CloseCause> _closing = [];
        private readonly HashSet<long> _closed = [];
        private readonly HashSet<long> _fired = [];
        private readonly Dictionary<CloseCause, int> _causes = [];
        private PositionBook _book = new(Floor.Sol);
        private PositionDesk _desk;
        private ConditionalDesk _conditionals;
        private TickDesk _ticks;
        private EntryDesk _entries;
        private readonly HashSet<long> _waiting = [];
        private readonly List<EntryArmed> _due = [];
        private readonly HashSet<long> _entered = [];
        private Quotes _quotes = new(23_599, 23_600, 23_600);
        private long _nowMs = 1_795_158_000_000;
        private long _lastId;
        private decimal _owners;
        private decimal _house;
        private decimal _deposited;
        private int _shortfalls;

        public Run(int seed)
        {
            _random = new Random(seed);
            (_desk, _conditionals, _ticks, _entries) = Desks();
        }

        public int Step { get; private set; }

        public void Steps(int count)
        {
            for (Step = 1; Step <= count; Step++)
            {
                TakeStep();
                Check();
                if (Step % 200 == 0)
                    Restart();
            }

            Assert.Equal(7, _causes.Count);
            Assert.True(_entered.Count > count / 100, $"{_entered.Count} opened at their price");
            Assert.True(_closed.Count > count / 10 && _fired.Count > count / 100 && _shortfalls > 0, $"{_closed.Count} closed, "
                + $"{_fired.Count} fired, {_shortfalls} shortfalls");
        }

        private void TakeStep()
        {
            _nowMs += _random.Next(1_000);
            switch (_random.Next(23))
            {
                case < 6: Open(); break;
                case < 8: Change(); break;
                case < 9: Close(); break;
                case < 10: AddMargin(); break;
                case < 12: ArmConditional(); break;
                case 12: _desk.PayFunding(_nowMs, _quotes.Mark); break;
                case 13: OperatorCloses(); break;
                case 14 or 15: ArmEntry(); break;
                case 16: CancelEntry(); break;
                default: Tick(); break;
            }
        }

        private void Open()
        {
            Open(Draw());
        }

        private OpenPosition Draw()
        {
            var side = (PositionSide)_random.Next(2);
            return new OpenPosition(
                NextId(), 1 + _random.Next(3), "", side, 5 + _random.Next(100_000) * 0.01m, new Leverage(_random.Next(5, 1_010)), Levels(side));
        }

        private void Open(OpenPosition request)
        {
            if (_desk.CheckOpen(request, _quotes, _nowMs) != Reason.None)
                return;
            var order = _desk.EntryOrder(request, _quotes);
            var price = _quotes.At(order.Side);
            var lots = PositionMath.LotsFor(Floor.Sol, request.Margin, request.Leverage, price);
            var isCutShort = _random.Next(4) == 0;
            var filled = isCutShort ? _random.NextInt64(lots) : lots;
            _desk.Open(request, new MarketFill(filled, Floor.Sol.NotionalOf(price, filled)), isCutShort, _quotes);
        }

        private void ArmEntry()
        {
            var trigger = new EntryTrigger(_quotes.Mark + _random.Next(-900, 900), _random.Next(3) == 0 ? (TriggerDirection)_random.Next(2) : null);
            _entries.Arm(Draw() with { FeeMax = _random.Next(100) }, trigger, _quotes, _nowMs);
        }

        private void CancelEntry()
        {
            if (_book.Entries.Waiting.FirstOrDefault() is { } entry && _random.Next(3) == 0)
                Take(new EntryCancelled(entry.PositionId, entry.Account, Reason.CancelledByUser));
        }

        private PositionLevels Levels(PositionSide side)
        {
            var sign = side == PositionSide.Long ? 1 : -1;
            var unit = (TrailUnit)_random.Next(3);
            return new PositionLevels(
                _random.Next(2) == 0 ? 0 : _quotes.Mark - sign * _random.Next(-50, 2_000),
                _random.Next(2) == 0 ? 0 : _quotes.Mark + sign * _random.Next(-50, 2_000),
                unit,
                unit == TrailUnit.None ? 0 : _random.Next(1, 900),
                _random.Next(3) == 0 ? _nowMs + _random.Next(200_000) : 0);
        }

        private void Change()
        {
            if (Pick() is { } position)
                _desk.Change(position.Account, position.Id, Levels(position.Side), _quotes, _nowMs);
        }

        private void AddMargin()
        {
            if (Pick() is not { } position)
                return;
            var (request, amount) = (NextId(), 1 + _random.Next(1_000));
            var reason = _desk.AddMargin(position.Account, position.Id, request, amount);
            Assert.Equal(reason, _desk.AddMargin(position.Account, position.Id, request, amount));
        }

        private void Close()
        {
            if (Pick() is not { } position)
                return;
            var lots = _random.Next(2) == 0 ? 0 : 1 + _random.NextInt64(position.Lots);
            if (_desk.CheckClose(position.Account, position.Id, lots) == Reason.None)
                Exit(position, lots);
        }

        private void OperatorCloses()
        {
            if (Pick() is { } position && _random.Next(5) == 0)
                _desk.CloseByOperator(position.Id);
        }

        private void ArmConditional()
        {
            var type = (ConditionalType)_random.Next(4);
            var stop = _quotes.Mark + _random.Next(-1_500, 1_500);
            var trailing = _random.Next(3) == 0 ? _random.Next(1, 700) : 0;
            var order = new ConditionalArmed(
                NextId(), 1 + _random.Next(3), "", type, (Side)_random.Next(2), TimeInForce.GoodTillCancelled,
                trailing > 0 && _random.Next(2) == 0 ? 0 : stop, trailing, 0, type.IsLimit() ? stop : 0, 5, 0, 0, default, 0);
            var other = order with
            {
                OrderId = NextId(),
                Type = type.IsStopLoss() ? ConditionalType.TakeProfit : ConditionalType.StopLoss,
                PriceTicks = 0,
                StopTicks = _quotes.Mark * 2 - stop,
                TrailingBps = 0,
                PairId = order.OrderId,
            };
            var isPair = _random.Next(2) == 0 && ConditionalDesk.CheckPair(order, other) == Reason.None
                && _conditionals.Check(other, _quotes) == Reason.None;
            if (_conditionals.Check(order, _quotes) != Reason.None)
                return;
            _conditionals.Arm(isPair ? order with { PairId = other.OrderId } : order, _quotes);
            if (isPair)
                _conditionals.Arm(other, _quotes);
            if (_random.Next(6) == 0)
                _conditionals.Cancel(order.Account, order.OrderId, Reason.CancelledByUser);
        }

        private void Tick()
        {
            var scale = _random.Next(12) == 0 ? 3_000 : 150;
            var mark = Math.Clamp(_quotes.Mark + _random.Next(-scale, scale + 1), 8_000, 60_000);
            var bid = Math.Max(1, mark - 1 - _random.Next(30));
            var ask = mark + _random.Next(30);
            var tick = new MarketTick(Path(_quotes.Bid, bid), Path(_quotes.Ask, ask), Path(_quotes.Mark, mark));
            _quotes = new Quotes(bid, ask, mark);
            _ticks.Tick(tick, _nowMs);
            foreach (var position in _book.Closing.ToList())
                Exit(position, 0);
            foreach (var entry in _due)
                Open(EntryDesk.RequestOf(entry));
            _due.Clear();
        }

        private PricePath? Path(long from, long to)
        {
            if (_random.Next(15) == 0)
                return null;
            var (one, other) = (from + _random.Next(-100, 101), to + _random.Next(-100, 101));
            return new PricePath(from, Math.Min(Math.Min(one, other), to), Math.Max(Math.Max(one, other), to), to);
        }

        /// <summary>Into a market that gives all, a part or nothing, at a price of its own.</summary>
        private void Exit(Position position, long lots)
        {
            var order = _desk.ExitOrder(position, lots, _quotes);
            var filled = _random.Next(3) switch { 0 => 0, 1 => 1 + _random.NextInt64(order.Lots), _ => order.Lots };
            var price = Math.Max(1, _quotes.At(order.Side) + _random.Next(-200, 201));
            _desk.Exited(position.Id, new MarketFill(filled, Floor.Sol.NotionalOf(price, filled)));
        }

        private Position? Pick() => _book.Count == 0 ? null : _book.Positions.ElementAt(_random.Next(_book.Count));

        private long NextId() => ++_lastId;

        private (PositionDesk Positions, ConditionalDesk Conditionals, TickDesk Ticks, EntryDesk Entries) Desks()
        {
            var positions = new PositionDesk(_book, Terms, Take);
            return (positions, new ConditionalDesk(_book, Take), new TickDesk(_book, Take), new EntryDesk(_book, positions, Take));
        }

        private void Take(DomainEvent happened)
        {
            Follow(happened);
            Book(happened);
            _book.Apply(happened, _nowMs);
            _journal.Add((happened, _nowMs));
        }

        private void Follow(DomainEvent happened)
        {
            switch (happened)
            {
                case EntryArmed e:
                    Assert.True(_waiting.Add(e.PositionId));
                    break;
                case EntryFired e:
                    Assert.True(_waiting.Remove(e.PositionId), $"position {e.PositionId} fired but did not wait");
                    _book.Entries.TryGet(e.PositionId, out var entry);
                    _due.Add(entry!);
                    break;
                case EntryCancelled e:
                    Assert.True(_waiting.Remove(e.PositionId), $"position {e.PositionId} was cancelled but did not wait");
                    break;
                case PositionOpened e:
                    Assert.DoesNotContain(e.PositionId, _waiting);
                    if (_due.Find(due => due.PositionId == e.PositionId) is { } due)
                    {
                        Assert.True(_entered.Add(e.PositionId) && e.EntryFee <= due.FeeMax && e.Margin <= due.Margin);
                    }

                    break;
            }
        }

        /// <summary>What portfolios and house make of the event: owners pay margin and fees from deposits, as they need them.</summary>
        private void Book(DomainEvent happened)
        {
            switch (happened)
            {
                case PositionOpened e:
                    Assert.True(e.Margin > 0 && e.EntryNotional <= e.Margin * e.LeverageTenths / 10);
                    _deposited += e.Margin + e.EntryFee;
                    _house += e.EntryFee;
                    break;
                case MarginAdded e:
                    _deposited += e.Amount;
                    break;
                case FundingPaid e:
                    _house += e.Amount;
                    break;
                case PositionClosing e:
                    Assert.True(_closing.TryAdd(e.PositionId, e.Cause), $"position {e.PositionId} was decided twice");
                    break;
                case PositionReduced e:
                    Pay(e.Exit);
                    break;
                case PositionClosed e:
                    Assert.True(_closed.Add(e.PositionId), $"position {e.PositionId} closed twice");
                    Assert.Equal(_closing.GetValueOrDefault(e.PositionId, CloseCause.User), e.Cause);
                    _causes[e.Cause] = _causes.GetValueOrDefault(e.Cause) + 1;
                    Pay(e.Exit);
                    break;
                case ConditionalFired e:
                    Assert.True(_fired.Add(e.OrderId), $"order {e.OrderId} fired twice");
                    break;
            }
        }

        private void Pay(in Exit exit)
        {
            Assert.True(exit.Payout >= 0 && exit.Fee >= 0 && exit.Shortfall >= 0 && (exit.Shortfall == 0 || exit.Payout == 0));
            Assert.Equal(exit.MarginReleased + exit.Profit - exit.Fee + exit.Shortfall, exit.Payout);
            Assert.True(exit.Payout.IsWholeAt(Floor.Sol.QuotePrecision) && exit.MarginReleased.IsWholeAt(Floor.Sol.QuotePrecision));
            _owners += exit.Payout;
            _house += exit.MarginReleased - exit.Payout;
            _shortfalls += exit.Shortfall > 0 ? 1 : 0;
        }

        private void Check()
        {
            _book.Validate();
            Assert.Equal(_deposited, _owners + _house + _book.Positions.Sum(position => position.Margin));
            foreach (var position in _book.Positions)
                Assert.DoesNotContain(position.Id, _closed);
        }

        /// <summary>The journal and a snapshot give the same book; the run goes on with one of them.</summary>
        private void Restart()
        {
            _desk.FlushTrailing();
            var snapshot = PositionBookSnapshot.Write(_book);
            var restored = new PositionBook(Floor.Sol);
            var reader = new ByteReader(snapshot);
            PositionBookSnapshot.Read(ref reader, restored);
            Assert.Equal(snapshot, PositionBookSnapshot.Write(restored));

            var replayed = new PositionBook(Floor.Sol);
            foreach (var (happened, atMs) in _journal)
                replayed.Apply(happened, atMs);
            Assert.Equal(snapshot, PositionBookSnapshot.Write(replayed));
            replayed.Validate();

            _book = _random.Next(2) == 0 ? restored : replayed;
            (_desk, _conditionals, _ticks, _entries) = Desks();
        }
    }
}
