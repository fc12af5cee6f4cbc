using Exchange.Embedded.Simulation;
using Exchange.Grains.Supervision;
using Exchange.Simulation.Tests.Checks;
using Exchange.Simulation.Tests.Traffic;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests;

/// <summary>
/// A whole exchange under one seed: users, venue, scheduler order, clock and faults. Rules are checked all along; at the
/// end the faults stop, everything must drain, and every promise must have been kept.
/// </summary>
public sealed class SimulationRun : IOpenWork
{
    private const int Steps = 150;
    private const int SilosMax = 2;
    private static readonly TimeSpan DrainTimeMax = TimeSpan.FromHours(1);

    private readonly VirtualTimeProvider _clock = new();
    private readonly SimStore _store = new();
    private readonly RecordedDeadLetters _letters = new();
    private readonly Chance _chance;
    private readonly SeededScheduler _scheduler;
    private readonly LateMail _mail;
    private readonly Promises _promises = new();
    private readonly DurableChecks _durable;
    private readonly Users _users;
    private readonly Holders? _holders;
    private readonly SimClosures _closures;
    private readonly ClosureChecks _told;
    private readonly OperatorPromises _operatorPromises;
    private readonly Operators? _operators;
    private readonly VenueScript _venue;
    private readonly List<SimSilo> _silos = [];
    private readonly List<SimSilo> _everySilo = [];
    private readonly List<Task> _clients = [];
    private ulong _trace = 14695981039346656037;

    private SimulationRun(int seed, TrafficKinds traffic)
    {
        _chance = new Chance(seed) { IsHealed = true };
        _scheduler = new SeededScheduler(seed, _clock.AdvanceToNextTimer) { OnTurn = Trace };
        _mail = new LateMail(_chance, _clock);
        _closures = new SimClosures(_clock, _chance);
        _told = new ClosureChecks(_closures);
        _operatorPromises = new OperatorPromises(_clock);
        _durable = new DurableChecks(_store, _told) { Operators = _operatorPromises };
        _holders = traffic.HasFlag(TrafficKinds.Positions) ? new Holders(_chance, _clock, withEntries: seed % 2 == 0) : null;
        _operators = traffic.HasFlag(TrafficKinds.Operators) ? new Operators(_chance, _clock, _operatorPromises, () => _silos.Count == 1) : null;
        _users = new Users(_chance, _clock, _promises, traffic.HasFlag(TrafficKinds.Conditionals));
        _venue = new VenueScript(_chance, _clock);
    }

    public static SimulationOutcome Of(int seed, TrafficKinds traffic)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var run = new SimulationRun(seed, traffic);
        try
        {
            run.Run();
            return run.Outcome();
        }
        finally
        {
            run._everySilo.ForEach(silo => silo.Dispose());
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public Task<IReadOnlyList<string>> SymbolsAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. _durable.Symbols.Where(pair => pair.Value.Orders.LiveCount > 0 || !pair.Value.Positions.IsEmpty).Select(pair => pair.Key)]);

    public Task<IReadOnlyList<long>> AccountsAsync() => Task.FromResult<IReadOnlyList<long>>(
        [.. _durable.Portfolios
            .Where(pair => pair.Value.OpenOrderCount > 0 || pair.Value.Resets.IsRunning
                || pair.Value.Positions.Holds.Count > 0 || pair.Value.Announcements.Count > 0)
            .Select(pair => pair.Key)]);

    private void Run()
    {
        StartSilo();
        _scheduler.Run(OpenAccounts);
        _chance.DrawWeather();
        _chance.IsHealed = false;
        for (var step = 0; step < Steps; step++)
        {
            Act();
            for (var client = 0; client < 2 && _holders is not null; client++)
                StartClient(_holders.Act);
            PassTime();
            CheckNow();
            if (step % 50 == 49)
                _durable.Audit();
        }

        _chance.IsHealed = true;
        LeaveOneSilo();
        if (_operators is not null)
            _scheduler.Run(() => _operators.LetGo(_silos[0]));
        _scheduler.Run(Drain);
        CheckAtRest();
        _scheduler.Run(CancelAll);
        _scheduler.Run(CloseAll);
        CheckAtRest();
        foreach (var portfolio in _durable.Portfolios.Values)
            Rule.Holds(portfolio.Balances.All(balance => balance.Held == 0), () => $"{_promises.LastCancelOf(portfolio)} left money held.");
        _silos[0].Stop();
        CheckAtRest();
    }

    private void Act()
    {
        switch (_chance.Next(40))
        {
            case < 16:
                StartClient(_users.PlaceNew);
                break;
            case < 19:
                StartClient(_users.PlaceAgain);
                break;
            case < 24:
                StartClient(_users.Cancel);
                break;
            case < 30:
                _venue.Speak(_silos.Select(silo => silo.Feed));
                break;
            case < 34:
                Redeliver();
                break;
            case 34:
                Kill();
                break;
            case 35:
                if (_silos.Count < SilosMax)
                    StartSilo();
                break;
            case 36:
                StartClient(_users.Reset);
                break;
            case 37 when _operators is not null:
                StartClient(_operators.Act);
                break;
            default:
                _clock.AdvanceToNextTimer();
                break;
        }
    }

    /// <summary>A few turns, or as many as come before the next hour has passed: sometimes work overlaps, sometimes it ends first.</summary>
    private void PassTime()
    {
        for (var turns = _chance.OneIn(8) ? 400 : _chance.Next(40); turns > 0; turns--)
        {
            if (!_scheduler.RunOneTurn())
                _clock.AdvanceToNextTimer();
        }
    }

    private void CheckNow()
    {
        foreach (var client in _clients)
        {
            if (client.IsFaulted)
                client.GetAwaiter().GetResult();
        }

        _clients.RemoveAll(client => client.IsCompleted);
        Rule.Holds(_letters.Letters.Count == 0, () => $"A settlement was refused: {_letters.Letters[0]}.");
    }

    private void CheckAtRest()
    {
        CheckNow();
        foreach (var portfolio in _durable.Portfolios.Values)
        {
            foreach (var order in portfolio.OpenOrders)
            {
                Rule.Holds(
                    IsLive(order.Symbol, order.OrderId),
                    () => $"Order {order.OrderId} holds {order.Held} but is not open at its symbol: {_durable.Mentions(order.OrderId)}");
            }
        }

        foreach (var symbol in _durable.Symbols.Values)
            symbol.Positions.Validate();
        _told.CheckAtRest(_holders?.TakenBack ?? []);
        foreach (var armed in _durable.Symbols.Values.SelectMany(symbol => symbol.Positions.Conditionals.Orders).Select(order => order.Armed))
        {
            Rule.Holds(
                _durable.Portfolios[armed.Account].FindOpenOrder(armed.OrderId) is { IsArmed: true },
                () => $"Order {armed.OrderId} waits at its symbol but is not open on its account.");
        }

        _promises.Check(_durable);
        _operatorPromises.Check();
    }

    private async Task OpenAccounts()
    {
        while (!_silos[0].IsReady)
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock);
        foreach (var account in Users.Accounts)
            await Users.Open(_silos[0].Portfolio(account), account);
    }

    private async Task Drain()
    {
        var until = _clock.GetUtcNow() + DrainTimeMax;
        while (await WhatIsLeft() is { } left)
        {
            Rule.Holds(_clock.GetUtcNow() < until, () => $"An hour after the last fault {left}.");
            await Task.Delay(TimeSpan.FromSeconds(1), _clock);
        }
    }

    private async Task<string?> WhatIsLeft()
    {
        if (!_silos[0].IsReady)
            return "the exchange is not ready";
        if (_clients.Count(client => !client.IsCompleted) is > 0 and var waiting)
            return $"{waiting} clients wait for an answer";
        foreach (var market in SimMarkets.All)
        {
            var status = await _silos[0].Symbol(market.Symbol).GetStatus();
            if (status.UnsettledItems > 0)
                return $"{status.UnsettledItems} settlements are in the outbox of {market.Symbol}";
        }

        foreach (var portfolio in _durable.Portfolios.Values)
        {
            // A position without another side to close against keeps its account waiting.
            if (portfolio.Resets.IsRunning && portfolio.Positions.Open.Count == 0)
                return $"account {portfolio.Account} has not ended its reset {portfolio.Resets.RunningId}";
            var unanswered = portfolio.Positions.Holds.FirstOrDefault(hold => !IsWaiting(hold.Symbol, hold.Id));
            if (unanswered is not null)
                return $"request {unanswered.Id} of account {portfolio.Account} has no answer: {_durable.Mentions(unanswered.Id)}";
            if (portfolio.Announcements.Count > 0)
                return $"account {portfolio.Account} has {portfolio.Announcements.Count} things to tell";
        }

        var unresolved = _durable.Portfolios.Values.SelectMany(portfolio => portfolio.OpenOrders).FirstOrDefault(
            order => !IsLive(order.Symbol, order.OrderId));
        if (unresolved is null)
            return _durable.Audit() is > 0 and var inFlight ? $"{inFlight} settlements are on their way" : null;
        return $"order {unresolved.OrderId} holds {unresolved.Held} but is not open at {unresolved.Symbol}: {_durable.Trail(unresolved.OrderId)}";
    }

    /// <summary>Until nothing is open and nothing comes any more: who gave up waiting for an answer may have been heard later.</summary>
    private async Task CancelAll()
    {
        for (var attempt = 1; attempt <= 60; attempt++)
        {
            foreach (var portfolio in _durable.Portfolios.Values.ToArray())
            {
                foreach (var order in portfolio.OpenOrders)
                    await _users.Cancel(_silos[0], portfolio.Account, order.OrderId);
            }

            await Task.Delay(TimeSpan.FromMinutes(1), _clock);
            await Drain();
            if (_durable.Portfolios.Values.All(portfolio => portfolio.OpenOrderCount == 0))
                return;
        }
    }

    /// <summary>Nobody may be left who cannot get out: the venue goes on speaking, and the users' market gets a counterparty.</summary>
    private async Task CloseAll()
    {
        if (_holders is null)
            return;
        for (var attempt = 1; attempt <= 60 && _durable.Symbols.Values.Any(
            symbol => symbol.Positions.Count + symbol.Positions.Entries.Count > 0); attempt++)
        {
            _venue.Recover(_silos[0].Feed);
            foreach (var account in Users.Accounts)
                await _users.Quote(_silos[0], account);
            foreach (var account in Users.Accounts)
                await _holders.CloseAll(_silos[0], account);
            await CancelAll();
        }

        await Drain();
        Rule.Holds(
            _durable.Symbols.Values.All(symbol => symbol.Positions.Count + symbol.Positions.Entries.Count == 0),
            () => "A position could not be closed.");
        Rule.Holds(
            _durable.Portfolios.Values.All(portfolio => portfolio.Positions.Holds.Count == 0),
            () => "A request holds something although none is open.");
        Rule.Holds(
            _durable.Portfolios.Values.All(portfolio => portfolio.Balances.All(balance => balance.InPositions == 0)),
            () => "Margin is left in positions although none is open.");
    }

    private bool IsWaiting(string symbol, long positionId) =>
        _durable.Symbols.TryGetValue(symbol, out var state) && state.Positions.Entries.TryGet(positionId, out _);

    private bool IsLive(string symbol, long orderId) => _durable.Symbols.TryGetValue(symbol, out var state)
        && (state.Orders.TryLive(orderId, out _) || state.Positions.Conditionals.TryGet(orderId, out _));

    private void StartSilo()
    {
        var silo = new SimSilo(_scheduler, _clock, _store, _chance, _mail, this, _letters, _closures);
        _silos.Add(silo);
        _everySilo.Add(silo);
    }

    private void Kill()
    {
        var silo = _chance.Of(_silos);
        silo.Kill();
        _silos.Remove(silo);
        if (_silos.Count == 0)
            StartSilo();
    }

    private void LeaveOneSilo()
    {
        while (_silos.Count > 1)
            Kill();
    }

    private void Redeliver()
    {
        if (_mail.Draw() is { } letter)
            StartClient(silo => Ignoring(letter(silo.Grains)));
    }

    private async Task Ignoring(Task call)
    {
        try
        {
            await call.WaitAsync(TimeSpan.FromMinutes(1), _clock);
        }
        catch (Exception exception) when (exception is not BrokenRuleException)
        {
            // Whoever sent it first is long gone; nobody listens to the answer.
        }
    }

    private void StartClient(Func<SimSilo, Task> client)
    {
        var silo = _chance.Of(_silos);
        _clients.Add(_scheduler.Start("client", () => client(silo)));
    }

    private void Trace(string lane)
    {
        foreach (var c in lane)
            _trace = unchecked((_trace ^ c) * 1099511628211);
        _trace = unchecked((_trace ^ (ulong)_clock.GetTimestamp()) * 1099511628211);
    }

    private SimulationOutcome Outcome() => new(
        _scheduler.TurnsTaken,
        _trace,
        _store.Streams.Sum(stream => _store.Records(stream).Count),
        _promises.Placed,
        _promises.Filled,
        _promises.Cancelled,
        _promises.Resets,
        _everySilo.Count,
        _durable.Snapshots,
        _durable.Fired,
        _holders?.Opened ?? 0,
        _told.Closed,
        _closures.Buried.Count,
        string.Join(' ', _told.Causes.Order()),
        _operatorPromises.Stops,
        _operatorPromises.Adjustments,
        _told.EntriesFired,
        _told.EntriesOpened);
}

/// <summary>What a run did, so that tests can tell that it did something, and the same thing twice.</summary>
public sealed record SimulationOutcome(
    long Turns, ulong Trace, int Records, int Placed, int Filled, int Cancelled, int Resets, int Silos, int Snapshots, int Fired,
    int PositionsOpened, int PositionsClosed, int Buried, string Causes, int Stops, int Adjustments, int EntriesFired, int EntriesOpened);
