using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Portfolios;

namespace Exchange.Grains.Positions;

/// <summary>
/// An account's positions between its grain and the symbols. What needs money is held first, durably, and then asked of the
/// symbol, again until it answers; the grain reconciles what got no answer.
/// </summary>
internal sealed class PortfolioPositions(
    Portfolio portfolio,
    IPortfolioSteps grain,
    Submissions submissions,
    IGrainFactory grains,
    IMarketCatalog catalog,
    PositionOptions terms,
    SymbolCalls calls)
{
    public async Task<PositionAnswer> Open(OpenPositionRequest request)
    {
        if (!catalog.TryGet(request.Symbol, out var market))
            return Refused(Reason.UnknownSymbol);
        var trigger = default(EntryTrigger);
        var reason = Ticks(market, request.Levels, out var levels);
        if (reason == Reason.None && !TryTrigger(market, request, out trigger))
            reason = Reason.FilterPrice;
        if (reason != Reason.None)
            return Refused(reason, market.Symbol);
        var wanted = new OpenPosition(
            0, portfolio.Account, request.ClientPositionId, request.Side, request.Margin, new Leverage(request.Leverage),
            new PositionLevels(levels.StopLoss, levels.TakeProfit, levels.TrailUnit, levels.TrailDistance, levels.ExpiresAtMs));
        var decision = portfolio.RequestPosition(wanted, market, terms.TermsOf(market.Symbol), trigger);
        if (decision.Existing is { } existing)
            return await AskedBefore(market, existing, existing.OrderId);
        if (decision.Requested is not PositionRequested requested)
            return Refused(decision.Reason, market.Symbol);
        if (!grain.TakesNewWork)
            return Refused(Reason.Overloaded, market.Symbol);

        return await HandOver(market, requested, requested.PositionId, requested.PositionId, (symbol, floor) => symbol.OpenPosition(new OpenAtSymbol(
            portfolio.Account, requested.PositionId, floor, requested.ClientPositionId, requested.Side, requested.Margin,
            requested.LeverageTenths, levels, requested.TriggerTicks, requested.Direction, requested.Held - requested.Margin)));
    }

    /// <summary>Whether it still waits is its symbol's to say: it may be firing at this moment.</summary>
    public async Task<PositionAnswer> Cancel(CancelPositionRequest request)
    {
        var id = request.PositionId != 0 ? request.PositionId : portfolio.Positions.FindRequest(request.ClientPositionId);
        if (portfolio.Positions.FindHold(id) is { } asked)
            await grain.FateOf(asked.Symbol, id);
        if (portfolio.Positions.FindHold(id) is not { Terms: PositionRequested { Waits: true } } hold)
        {
            var refused = NothingToCancel(id);
            await grain.Durable();
            return refused;
        }

        var reply = await grains.GetGrain<ISymbolGrain>(hold.Symbol).Cancel(new CancelAtSymbol(portfolio.Account, id));
        if (reply.Sequence > 0)
            await grain.Settled(hold.Symbol, reply.Sequence);
        if (reply.Reason == Reason.None)
            return new PositionAnswer(Reason.None, id, hold.Symbol, null, null);
        return portfolio.Positions.FindHold(id) is null ? NothingToCancel(id) : new PositionAnswer(Reason.Timeout, id, hold.Symbol, null, null);
    }

    private PositionAnswer NothingToCancel(long id)
    {
        if (portfolio.Positions.Find(id) is { } open)
            return new PositionAnswer(Reason.PositionAlreadyOpen, id, open.Symbol, null, null);
        var reason = portfolio.Positions.EndOf(id) switch
        {
            null => Reason.UnknownPosition,
            OrderStatus.Filled => Reason.PositionAlreadyClosed,
            _ => Reason.EntryAlreadyDone,
        };
        return Refused(reason);
    }

    public async Task<PositionAnswer> AddMargin(AddMarginRequest request)
    {
        if (TryClosed(request.PositionId, request.ClientRequestId, out var market))
            return await AddedBefore(market, request);
        var reason = Find(request.PositionId, out market);
        if (reason != Reason.None)
            return Refused(reason);
        var decision = portfolio.RequestMargin(request.ClientRequestId, request.PositionId, request.Amount, market);
        if (decision.Existing is { } existing)
            return await AskedBefore(market, existing, request.PositionId);
        if (decision.Requested is not MarginRequested requested)
            return Refused(decision.Reason, market.Symbol);
        if (!grain.TakesNewWork)
            return Refused(Reason.Overloaded, market.Symbol);

        return await HandOver(market, requested, requested.RequestId, requested.PositionId, (symbol, floor) => symbol.AddMargin(new AddMarginAtSymbol(
            portfolio.Account, requested.PositionId, requested.RequestId, floor, requested.Held)));
    }

    public async Task<PositionAnswer> Change(ChangePositionRequest request)
    {
        var levels = default(LevelTicks);
        var reason = TryClosed(request.PositionId, request.ClientRequestId, out var market)
            ? Reason.None
            : FindToChange(request.PositionId, out market);
        if (!IsClientIdValid(request.ClientRequestId))
            reason = Reason.InvalidClientOrderId;
        if (reason == Reason.None)
            reason = Ticks(market, request.Levels, out levels);
        if (reason != Reason.None)
            return Refused(reason);
        var reply = await SymbolOf(market).ChangePosition(new ChangeAtSymbol(portfolio.Account, request.PositionId, levels, request.ClientRequestId));
        return Answer(market, request.PositionId, reply);
    }

    public async Task<PositionAnswer> Close(ClosePositionRequest request)
    {
        if (!IsClientIdValid(request.ClientRequestId))
            return Refused(Reason.InvalidClientOrderId);
        if (portfolio.Positions.FindExit(request.ClientRequestId) is { } before)
            return await ClosedBefore(request, before);
        var reason = FindToChange(request.PositionId, out var market);
        if (reason != Reason.None)
            return Refused(reason);
        await submissions.WhenEnded(request.PositionId);
        var reply = await SymbolOf(market).ClosePosition(
            new CloseAtSymbol(portfolio.Account, request.PositionId, request.Quantity, request.ClientRequestId));
        if (reply.Sequence > 0)
            await grain.Settled(market.Symbol, reply.Sequence);
        return Answer(market, request.PositionId, reply);
    }

    public async Task<PositionsView> List()
    {
        var symbols = portfolio.Positions.Open.Select(position => position.Symbol)
            .Concat(portfolio.Positions.Holds.Select(hold => hold.Symbol))
            .Distinct();
        var views = await Task.WhenAll(symbols.Select(symbol => grains.GetGrain<ISymbolPositions>(symbol).GetPositions(portfolio.Account)));
        return new PositionsView(
            [.. views.SelectMany(view => view.Positions).OrderBy(position => position.PositionId)],
            [.. views.SelectMany(view => view.Waiting).OrderBy(position => position.PositionId)]);
    }

    public StatisticsReply Statistics() => new(
        [.. portfolio.Positions.Statistics.Select(s => new StatisticsView(
            s.Asset, s.Count, s.Wins, s.Losses, s.Volume, s.NetProfit, s.Best, s.Worst))],
        [.. portfolio.Balances.Where(balance => balance.InPositions != 0)
            .Select(balance => new BalanceView(balance.Asset, 0, balance.InPositions))]);

    private async Task<PositionAnswer> AddedBefore(Market market, AddMarginRequest request)
    {
        var before = portfolio.Positions.FindMargin(request.ClientRequestId, request.PositionId, request.Amount, market);
        return before?.Existing is { } existing
            ? await AskedBefore(market, existing, request.PositionId)
            : Refused(before?.Reason ?? Reason.PositionAlreadyClosed, market.Symbol);
    }

    private async Task<PositionAnswer> ClosedBefore(ClosePositionRequest request, PositionLeft before)
    {
        if (before.PositionId != request.PositionId || before.AskedQuantity != request.Quantity)
            return Refused(Reason.DuplicateRequest, before.Symbol);
        var views = before.IsClosed || !catalog.TryGet(before.Symbol, out var market)
            ? new PositionsView([], [])
            : await SymbolOf(market).GetPositions(portfolio.Account);
        var position = views.Positions.FirstOrDefault(view => view.PositionId == before.PositionId);
        return new PositionAnswer(Reason.None, before.PositionId, before.Symbol, position, PositionViews.Of(before));
    }

    private async Task<PositionAnswer> AskedBefore(Market market, KnownOrder existing, long positionId)
    {
        await submissions.WhenEnded(existing.OrderId);
        await grain.Durable();
        var views = await SymbolOf(market).GetPositions(portfolio.Account);
        var position = views.Positions.FirstOrDefault(view => view.PositionId == positionId);
        var waiting = views.Waiting.FirstOrDefault(view => view.PositionId == positionId);
        return new PositionAnswer(existing.Reason, positionId, market.Symbol, position, null, waiting);
    }

    private async Task<PositionAnswer> HandOver(
        Market market, DomainEvent requested, long requestId, long positionId, Func<ISymbolPositions, long, Task<PositionReply>> send)
    {
        submissions.Start(market.Symbol, requestId);
        try
        {
            await grain.Journal([requested]);
            var answered = await calls.UntilAnswered(
                market.Symbol, requestId, () => send(SymbolOf(market), submissions.Floor(market.Symbol, requestId)));
            if (answered is not { } reply || reply.Reason == Reason.OrderAlreadyDone)
                return new PositionAnswer(Reason.Timeout, positionId, market.Symbol, null, null);
            if (reply.Reason == Reason.NeverReachedMarket)
                await grain.ReleaseNeverArrived(requestId);
            submissions.Confirm(market.Symbol, requestId);
            await grain.Settled(market.Symbol, reply.Sequence);
            return Answer(market, positionId, reply);
        }
        finally
        {
            submissions.End(requestId);
            grain.ReconcileSoon();
        }
    }

    private static bool IsClientIdValid(string id) => id.Length == 0 || ClientOrderIds.IsValid(id);

    private Reason Find(long positionId, out Market market)
    {
        market = null!;
        var symbol = portfolio.Positions.Find(positionId)?.Symbol ?? portfolio.Positions.FindHold(positionId)?.Symbol;
        if (symbol is null)
            return portfolio.Positions.HasClosed(positionId) ? Reason.PositionAlreadyClosed : Reason.UnknownPosition;
        return catalog.TryGet(symbol, out market!) ? Reason.None : Reason.UnknownSymbol;
    }

    /// <summary>A request under an id of its own may have been made and answered before the position closed.</summary>
    private bool TryClosed(long positionId, string requestId, out Market market)
    {
        market = null!;
        return requestId.Length > 0
            && portfolio.Positions.MarketOfClosed(positionId) is { } symbol
            && catalog.TryGet(symbol, out market!);
    }

    private Reason FindToChange(long positionId, out Market market)
    {
        var reason = Find(positionId, out market);
        return reason == Reason.None && portfolio.Controls.IsFrozen ? Reason.AccountFrozen : reason;
    }

    private ISymbolPositions SymbolOf(Market market) => grains.GetGrain<ISymbolPositions>(market.Symbol);

    private static Reason Ticks(Market market, PositionLevelsRequest levels, out LevelTicks ticks)
    {
        ticks = default;
        if (levels.TrailDistance != 0 && levels.TrailBps != 0)
            return Reason.InvalidTrailing;
        if (!TryTicks(market, levels.StopLoss, out var stop) || !TryTicks(market, levels.TakeProfit, out var take))
            return Reason.FilterPrice;
        if (!TryTicks(market, levels.TrailDistance, out var trail) || levels.TrailBps < 0)
            return Reason.InvalidTrailing;
        if (levels.ExpiresAtMs < 0)
            return Reason.InvalidExpiry;
        var unit = trail > 0 ? TrailUnit.Ticks : levels.TrailBps > 0 ? TrailUnit.BasisPoints : TrailUnit.None;
        ticks = new LevelTicks(stop, take, unit, unit == TrailUnit.BasisPoints ? levels.TrailBps : trail, levels.ExpiresAtMs);
        return Reason.None;
    }

    private static bool TryTrigger(Market market, OpenPositionRequest request, out EntryTrigger trigger)
    {
        var isValid = TryTicks(market, request.TriggerPrice, out var ticks);
        trigger = new EntryTrigger(ticks, ticks == 0 ? null : request.TriggerDirection);
        return isValid;
    }

    private static bool TryTicks(Market market, decimal price, out long ticks)
    {
        ticks = 0;
        return price == 0 || market.TryTicks(price, out ticks);
    }

    private static PositionAnswer Refused(Reason reason, string symbol = "") => new(reason, 0, symbol, null, null);

    private static PositionAnswer Answer(Market market, long positionId, PositionReply reply) =>
        new(reply.Reason, positionId, market.Symbol, reply.Position, reply.Exit, reply.Waiting);
}
