using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Operators;

/// <summary>
/// What operators do to all workers, or to one job: an open order, or a position with its levels. Every action is noted in the
/// audit log before it is tried.
/// </summary>
internal sealed class WorkerControls(IGrainFactory grains, IMarketCatalog catalog, ExchangeMonitor monitor, SecurityLog audit, TimeProvider clock)
{
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettlePoll = TimeSpan.FromMilliseconds(100);

    private IMarketsGrain Markets => grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

    public async ValueTask<Refusal?> EmergencyStopAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await OptionalBody.ReadAsync<OptionalReason>(http.Request);
        if (refusal is not null)
            return refusal;
        await audit.NoteAsync(http, caller.Email, "emergency stop", body.Why);
        var reply = await Markets.StopTrading(StopKind.Emergency, caller.Email, body.Why);
        return await SendAsync(http, "Nothing matches and nothing closes until this is taken back.", reply);
    }

    public async ValueTask<Refusal?> EndEmergencyStopAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await OptionalBody.ReadAsync<OptionalReason>(http.Request);
        if (refusal is not null)
            return refusal;
        await audit.NoteAsync(http, caller.Email, "emergency stop taken back", body.Why);
        var reply = await Markets.ResumeTrading(StopKind.Emergency, caller.Email);
        return await SendAsync(http, reply.Changed ? "Trading goes on." : "There was no emergency stop.", reply);
    }

    /// <summary>Stops trading, waits until all settlements are delivered, and sends the symbols away with a snapshot.</summary>
    public async ValueTask<Refusal?> ShutdownAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await OptionalBody.ReadAsync<OptionalReason>(http.Request);
        if (refusal is not null)
            return refusal;
        await audit.NoteAsync(http, caller.Email, "workers shut down", body.Why);
        await Markets.StopTrading(StopKind.Shutdown, caller.Email, body.Why);
        var isSettled = await SettleAsync(http.RequestAborted);
        var symbols = await ActiveAsync(null);
        await Task.WhenAll(symbols.Select(symbol => grains.GetGrain<ISymbolOperations>(symbol).Leave()));
        var answer = new WorkersOutcome("Trading is stopped until a restart; reads and cancels go on.", symbols.Length, isSettled);
        await JsonResponse.SendAsync(http, answer, OperatorJson.Default.WorkersOutcome);
        return null;
    }

    /// <summary>Every active symbol starts over from its journal. Takes back a shutdown, never an emergency stop.</summary>
    public async ValueTask<Refusal?> RestartAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await OptionalBody.ReadAsync<RestartRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        Market? only = null;
        if (body.Market.Length > 0 && !catalog.TryResolve(body.Market, out only))
            return Reason.UnknownSymbol.ToError();
        await audit.NoteAsync(http, caller.Email, "workers restarted", $"{only?.Symbol ?? "all"} {body.Why}".Trim());
        if (only is null)
            await Markets.ResumeTrading(StopKind.Shutdown, caller.Email);
        var symbols = await ActiveAsync(only?.Symbol);
        await Task.WhenAll(symbols.Select(symbol => grains.GetGrain<ISymbolOperations>(symbol).Leave()));
        await Task.WhenAll(symbols.Select(symbol => grains.GetGrain<ISymbolGrain>(symbol).WakeUp()));
        await JsonResponse.SendAsync(
            http, new WorkersOutcome("The symbols have started over.", symbols.Length, true), OperatorJson.Default.WorkersOutcome);
        return null;
    }

    public async ValueTask<Refusal?> JobAsync(HttpContext http, Caller caller)
    {
        if (ReadId(http, out var id) is { } refusal)
            return refusal;
        if (await FindAsync(id) is not { } job)
            return Reason.UnknownOrder.ToError().Saying("There is no open order and no open position with this id.");
        await JsonResponse.SendAsync(http, job, OperatorJson.Default.JobInfo);
        return null;
    }

    /// <summary>
    /// An order is cancelled, and a position that waits for its price. One that is open loses its levels and stays open; only its
    /// liquidation is still watched.
    /// </summary>
    public async ValueTask<Refusal?> RemoveJobAsync(HttpContext http, Caller caller)
    {
        if (ReadId(http, out var id) is { } refusal)
            return refusal;
        if (await FindAsync(id) is not { } job)
            return Reason.UnknownOrder.ToError().Saying("There is no open order and no open position with this id.");
        await audit.NoteAsync(http, caller.Email, $"{job.Kind} removed", $"{id} {job.Symbol} of account {job.UserId}");
        var account = OrderIds.AccountOf(id);
        var reason = job.Kind switch
        {
            "order" => (await grains.GetGrain<IPortfolioGrain>(account).CancelOrder(new CancelOrder(id, "", job.Symbol))).Reason,
            "entry" => (await grains.GetGrain<IPortfolioPositions>(account).CancelPosition(new CancelPositionRequest(id))).Reason,
            _ => (await grains.GetGrain<ISymbolPositions>(job.Symbol).ChangePosition(new ChangeAtSymbol(account, id, default))).Reason,
        };
        if (reason != Reason.None)
            return reason.ToError();
        await JsonResponse.SendAsync(http, job, OperatorJson.Default.JobInfo);
        return null;
    }

    private static Refusal? ReadId(HttpContext http, out long id)
    {
        id = 0;
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        return StrictId.TryParse((string)http.Request.RouteValues["id"]!, out id) ? null : EdgeErrors.InvalidField.With("parameter", "id");
    }

    /// <summary>An id tells its account, and orders and positions share their numbers.</summary>
    private async Task<JobInfo?> FindAsync(long id)
    {
        var account = OrderIds.AccountOf(id);
        if (account is < 1 or > OrderIds.AccountMax)
            return null;
        var order = await grains.GetGrain<IPortfolioGrain>(account).GetOrder(id, null);
        if (order is not null && !order.Status.IsDone())
            return OperatorTranslation.ToJob(order, account);
        var positions = await grains.GetGrain<IPortfolioPositions>(account).GetPositions();
        var position = Array.Find(positions.Positions, position => position.PositionId == id);
        if (position is not null)
            return OperatorTranslation.ToJob(position, account);
        var entry = Array.Find(positions.Waiting, entry => entry.PositionId == id);
        return entry is null ? null : OperatorTranslation.ToJob(entry, account);
    }

    private async Task<bool> SettleAsync(CancellationToken cancellation)
    {
        var until = clock.GetTimestamp() + (long)(SettlePatience.TotalSeconds * clock.TimestampFrequency);
        while ((await monitor.ReportsAsync()).Values.Any(report => report is null || report.Work.Unsettled > 0))
        {
            if (clock.GetTimestamp() >= until)
                return false;
            await Task.Delay(SettlePoll, clock, cancellation);
        }

        return true;
    }

    private async Task<string[]> ActiveAsync(string? only) =>
        [.. (await ActiveGrains.SymbolsAsync(grains)).Where(symbol => catalog.TryGet(symbol, out _) && (only is null || symbol == only))];

    private static async ValueTask<Refusal?> SendAsync(HttpContext http, string message, StopReply reply)
    {
        await JsonResponse.SendAsync(http, new StopOutcome(message, reply.Changed, reply.Silos, reply.Silent), OperatorJson.Default.StopOutcome);
        return null;
    }
}
