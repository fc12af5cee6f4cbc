using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Keys;
using Exchange.Api.Orders;
using Exchange.Domain;
using Exchange.Domain.Money;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Accounts;

internal sealed class AccountEndpoints(IGrainFactory grains, IMarketCatalog catalog)
{
    private static readonly FieldSet NoFields = new();
    public static readonly FieldSet UserFields = new("userId");

    public async ValueTask<Refusal?> MeAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var me = new Me(
            JsonId.Text(caller.Account), caller.Email, caller.IsPerson ? caller.ExpiresAt.ToUnixTimeMilliseconds() : null,
            KeyFields.Names(caller.Permissions));
        await JsonResponse.SendAsync(http, me, ApiJson.Default.Me);
        return null;
    }

    public async ValueTask<Refusal?> DepositAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<DepositRequest>(http.Request);
        refusal ??= caller.RefuseOther(request.UserId);
        if (refusal is not null)
            return refusal;
        if (AssetNamed(request.Asset) is not { } asset)
            return Reason.UnknownAsset.ToError();

        var depositId = request.DepositId.Length > 0 ? request.DepositId : ClientIds.New();
        DepositReply reply;
        try
        {
            reply = await PortfolioOf(caller).Deposit(new DepositFunds(depositId, asset.Code, request.Amount));
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            return error.With("depositId", depositId);
        }
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError();
        var answer = new Deposited(depositId, asset.Code, request.Amount, reply.Balance.Available, reply.Balance.Locked);
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.Deposited);
        return null;
    }

    public async ValueTask<Refusal?> BalancesAsync(HttpContext http, Caller caller)
    {
        var userId = 0L;
        var refusal = Query.Read(http.Request, UserFields, out var query)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        if (refusal is not null)
            return refusal;
        var reply = await PortfolioOf(caller).GetBalances();
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError();
        var balances = Array.ConvertAll(reply.Balances, view => new Balance(view.Asset, view.Available, view.Locked));
        await JsonResponse.SendAsync(http, balances, ApiJson.Default.BalanceArray);
        return null;
    }

    private IPortfolioGrain PortfolioOf(Caller caller) => grains.GetGrain<IPortfolioGrain>(caller.Account);

    private Asset? AssetNamed(string code)
    {
        foreach (var asset in catalog.Assets)
        {
            if (asset.Code.Equals(code, StringComparison.OrdinalIgnoreCase))
                return asset;
        }
        return null;
    }
}
