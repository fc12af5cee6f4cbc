using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Simulation.Tests.Checks;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Traffic;

/// <summary>
/// Clients that open, change, feed and close positions, and repeat each of it when they hear nothing, and sometimes when they
/// did. The same request always has the same answer.
/// </summary>
public sealed class Holders(Chance chance, TimeProvider clock, bool withEntries)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(long Account, OpenPositionRequest Request)> _opened = [];
    private readonly List<(long Account, long PositionId)> _known = [];
    private readonly List<(long Account, ClosePositionRequest Request)> _closed = [];
    private readonly Dictionary<string, long> _positions = [];
    private readonly Dictionary<string, ExitView> _exits = [];
    private int _lastId;

    public int Opened => _positions.Count;
    public int Closed => _exits.Count;

    /// <summary>Positions that waited, and that an answer said are taken back.</summary>
    public HashSet<long> TakenBack { get; } = [];

    public Task Act(SimSilo silo) => withEntries && chance.OneIn(8) ? CancelOne(silo) : chance.Next(12) switch
    {
        < 5 => Open(silo, Draw()),
        5 => _opened.Count == 0 ? Task.CompletedTask : Open(silo, chance.Of(_opened)),
        6 or 7 => Change(silo),
        8 => AddMargin(silo),
        9 => _closed.Count == 0 ? Task.CompletedTask : Close(silo, chance.Of(_closed)),
        _ => CloseOne(silo),
    };

    public async Task CloseAll(SimSilo silo, long account)
    {
        var open = await Patiently(() => Positions(silo, account).GetPositions());
        foreach (var position in open?.Positions ?? [])
            await Close(silo, (account, new ClosePositionRequest(position.PositionId, 0, NextId())));
        foreach (var waiting in open?.Waiting ?? [])
            await Cancel(silo, account, new CancelPositionRequest(waiting.PositionId));
    }

    private (long, OpenPositionRequest) Draw()
    {
        var isLocal = chance.OneIn(3);
        var market = isLocal ? SimMarkets.Local : SimMarkets.Venue;
        var side = chance.OneIn(2) ? PositionSide.Long : PositionSide.Short;
        var (middle, step) = isLocal ? (2_000, 1) : (1_000_000, 100);
        var waits = withEntries && chance.OneIn(2);
        if (waits)
            middle += step * chance.Next(-7, 8);
        var (loss, profit) = (middle - (Sign(side) * step * chance.Next(2, 9)), middle + (Sign(side) * step * chance.Next(2, 9)));
        var levels = new PositionLevelsRequest(
            chance.OneIn(2) ? market.PriceOf(loss) : 0,
            chance.OneIn(3) ? market.PriceOf(profit) : 0,
            chance.OneIn(4) ? market.PriceOf(step * chance.Next(2, 6)) : 0,
            0,
            chance.OneIn(6) ? clock.GetUtcNow().ToUnixTimeMilliseconds() + chance.Next(1_000, 600_000) : 0);
        var request = new OpenPositionRequest(
            NextId(), market.Symbol, side, chance.Next(20, 400), 10 * (chance.OneIn(4) ? 100 : chance.Next(1, 101)), levels);
        if (waits)
            request = request with
            {
                TriggerPrice = market.PriceOf(middle),
                TriggerDirection = chance.OneIn(4) ? (TriggerDirection)chance.Next(2) : null,
            };
        var asked = (1L + chance.Next(Users.Count), request);
        _opened.Add(asked);
        return asked;
    }

    private async Task Open(SimSilo silo, (long Account, OpenPositionRequest Request) asked)
    {
        var answer = await Patiently(() => Positions(silo, asked.Account).OpenPosition(asked.Request));
        if (answer is null || answer.Reason != Reason.None)
            return;
        var id = asked.Request.ClientPositionId;
        if (!_positions.TryAdd(id, answer.PositionId))
            Rule.Holds(_positions[id] == answer.PositionId, () => $"Request {id} opened {_positions[id]} and {answer.PositionId}.");
        else
            _known.Add((asked.Account, answer.PositionId));
    }

    private async Task CancelOne(SimSilo silo)
    {
        if (_opened.Count == 0)
            return;
        var (account, request) = chance.Of(_opened);
        var cancel = new CancelPositionRequest(0, request.ClientPositionId);
        await Cancel(silo, account, cancel);
        if (chance.OneIn(3))
            await Cancel(silo, account, cancel);
    }

    private async Task Cancel(SimSilo silo, long account, CancelPositionRequest cancel)
    {
        var answer = await Patiently(() => Positions(silo, account).CancelPosition(cancel));
        if (answer?.Reason == Reason.None)
            Rule.Holds(TakenBack.Add(answer.PositionId), () => $"Position {answer.PositionId} was taken back twice.");
    }

    private async Task Change(SimSilo silo)
    {
        if (_known.Count == 0)
            return;
        var (account, positionId) = Recent();
        var expiry = chance.OneIn(3) ? 0 : clock.GetUtcNow().ToUnixTimeMilliseconds() + chance.Next(1_000, 600_000);
        var change = new ChangePositionRequest(
            positionId, PositionLevelsRequest.None with { ExpiresAtMs = expiry, TrailBps = chance.Next(3) }, NextId());
        await Patiently(() => Positions(silo, account).ChangePosition(change));
        if (chance.OneIn(3))
            await Patiently(() => Positions(silo, account).ChangePosition(change));
    }

    private async Task AddMargin(SimSilo silo)
    {
        if (_known.Count == 0)
            return;
        var (account, positionId) = Recent();
        var request = new AddMarginRequest(NextId(), positionId, chance.Next(1, 50));
        await Patiently(() => Positions(silo, account).AddMargin(request));
        if (chance.OneIn(3))
            await Patiently(() => Positions(silo, account).AddMargin(request));
    }

    private async Task CloseOne(SimSilo silo)
    {
        if (_known.Count == 0)
            return;
        var (account, positionId) = Recent();
        var asked = (account, new ClosePositionRequest(positionId, chance.OneIn(4) ? 1 : 0, NextId()));
        _closed.Add(asked);
        await Close(silo, asked);
    }

    private async Task Close(SimSilo silo, (long Account, ClosePositionRequest Request) asked)
    {
        var answer = await Patiently(() => Positions(silo, asked.Account).ClosePosition(asked.Request));
        if (answer is null || answer.Reason != Reason.None || answer.Exit is not { } exit)
            return;
        var id = asked.Request.ClientRequestId;
        if (!_exits.TryAdd(id, exit))
            Rule.Holds(_exits[id] == exit, () => $"Request {id} was answered with {_exits[id]} and then with {exit}.");
    }

    private (long Account, long PositionId) Recent() => _known[chance.Next(Math.Max(0, _known.Count - 8), _known.Count)];

    private string NextId() => $"p{++_lastId}";

    private static int Sign(PositionSide side) => side == PositionSide.Long ? 1 : -1;

    private static IPortfolioPositions Positions(SimSilo silo, long account) => silo.Grains.GetGrain<IPortfolioPositions>(account);

    /// <summary>Null when there was no answer.</summary>
    private async Task<T?> Patiently<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().WaitAsync(Patience, clock);
        }
        catch (Exception exception) when (exception is not BrokenRuleException)
        {
            return null;
        }
    }
}
