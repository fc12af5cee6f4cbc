using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Operators;

/// <summary>Single markets: who is active, and what an operator does about it.</summary>
internal sealed class SymbolControls(IGrainFactory grains, IMarketCatalog catalog, ExchangeMonitor monitor, SecurityLog audit)
{
    private IMarketsGrain Markets => grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        await JsonResponse.SendAsync(http, new SymbolList(sample.Trading, sample.Symbols), OperatorJson.Default.SymbolList);
        return null;
    }

    public async ValueTask<Refusal?> FeedsAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        var feeds = sample.Symbols.Where(symbol => symbol.IsActive && symbol.Venue.Length > 0).Select(symbol => symbol.ToPrice());
        await JsonResponse.SendAsync(http, new PriceFigures([.. feeds]), OperatorJson.Default.PriceFigures);
        return null;
    }

    public ValueTask<Refusal?> ActivateAsync(HttpContext http, Caller caller) => ActAsync(http, caller, "symbol activated", async symbol =>
    {
        await grains.GetGrain<ISymbolGrain>(symbol).WakeUp();
        return Reason.None;
    });

    public ValueTask<Refusal?> DeactivateAsync(HttpContext http, Caller caller) => ActAsync(http, caller, "symbol deactivated", async symbol =>
    {
        if ((await ActiveGrains.SymbolsAsync(grains)).Contains(symbol))
            await grains.GetGrain<ISymbolOperations>(symbol).Leave();
        return Reason.None;
    });

    public ValueTask<Refusal?> HaltAsync(HttpContext http, Caller caller) =>
        ActAsync(http, caller, "market halted", symbol => Markets.SetStatus(symbol, MarketStatus.Halted));

    public ValueTask<Refusal?> ResumeAsync(HttpContext http, Caller caller) =>
        ActAsync(http, caller, "market resumed", symbol => Markets.SetStatus(symbol, MarketStatus.Trading));

    public ValueTask<Refusal?> DelistAsync(HttpContext http, Caller caller) => ActAsync(http, caller, "market delisted", Markets.Delist);

    private async ValueTask<Refusal?> ActAsync(HttpContext http, Caller caller, string action, Func<string, Task<Reason>> act)
    {
        var (body, refusal) = await OptionalBody.ReadAsync<OptionalReason>(http.Request);
        if (refusal is not null)
            return refusal;
        if (!catalog.TryResolve((string)http.Request.RouteValues["symbol"]!, out var market))
            return Reason.UnknownSymbol.ToError();
        await audit.NoteAsync(http, caller.Email, action, $"{market.Symbol} {body.Why}".Trim());
        var reason = await act(market.Symbol);
        if (reason != Reason.None)
            return reason.ToError();
        await JsonResponse.SendAsync(http, new Done($"{market.Symbol}: {action}."), ApiJson.Default.Done);
        return null;
    }
}
