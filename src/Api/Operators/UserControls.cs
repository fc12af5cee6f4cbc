using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Operators;

/// <summary>Other people's accounts. Looking at one is noted, too.</summary>
internal sealed class UserControls(IGrainFactory grains, IReadModel history, SecurityLog audit)
{
    public static readonly FieldSet ListFields = new("limit", "cursor", "email");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var (limit, after) = (HistoryEndpoints.DefaultLimit, 0L);
        if ((Query.Read(http.Request, ListFields, out var query)
            ?? query.Integer("limit", 1, HistoryEndpoints.MaxLimit, ref limit) ?? query.Id("cursor", ref after)) is { } refusal)
            return refusal;
        IReadOnlyList<UserRow> rows = query["email"] is { } email
            ? await history.UserAsync(email.ToLowerInvariant(), http.RequestAborted) is { } found ? [found] : []
            : await history.UsersAsync(after, limit, http.RequestAborted);
        var cursor = query["email"] is null && rows.Count == limit ? JsonId.Text(rows[^1].Account) : null;
        var users = rows.Select(row => new UserInfo(JsonId.Text(row.Account), row.Email, row.OpenedAtMs));
        await JsonResponse.SendAsync(http, new UserPage([.. users], cursor), OperatorJson.Default.UserPage);
        return null;
    }

    public async ValueTask<Refusal?> ShowAsync(HttpContext http, Caller caller)
    {
        var isAccount = ReadAccount(http, out var account);
        if ((Query.Read(http.Request, NoQuery.Fields, out _) ?? isAccount) is { } refusal)
            return refusal;
        var report = await grains.GetGrain<IPortfolioOperations>(account).GetAccount();
        if (report.Reason != Reason.None)
            return report.Reason.ToError();
        await audit.NoteAsync(http, caller.Email, "account looked at", $"{account}");
        await JsonResponse.SendAsync(http, ToDetails(report), OperatorJson.Default.UserDetails);
        return null;
    }

    public ValueTask<Refusal?> FreezeAsync(HttpContext http, Caller caller) =>
        ActAsync(http, caller, "account frozen", (account, why) => account.Freeze(caller.Email, why));

    public ValueTask<Refusal?> UnfreezeAsync(HttpContext http, Caller caller) =>
        ActAsync(http, caller, "account unfrozen", (account, why) => account.Unfreeze(caller.Email, why));

    public async ValueTask<Refusal?> AdjustAsync(HttpContext http, Caller caller)
    {
        if (ReadAccount(http, out var account) is { } wrong)
            return wrong;
        var (body, refusal) = await RequestBody.ReadAsync<AdjustRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        var amount = JsonDecimal.Text(Math.Abs(body.SignedAmount));
        await audit.NoteAsync(
            http, caller.Email, "balance adjusted",
            $"{account} {(body.SignedAmount < 0 ? "-" : "+")}{amount} {body.Asset} ({body.AdjustmentId}): {body.Why}");
        var reply = await grains.GetGrain<IPortfolioOperations>(account).Adjust(
            new AdjustBalance(body.AdjustmentId, body.Asset, body.SignedAmount, caller.Email, body.Why));
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError();
        var balance = new Balance(reply.Balance.Asset, reply.Balance.Available, reply.Balance.Locked);
        await JsonResponse.SendAsync(http, new Adjusted(balance), OperatorJson.Default.Adjusted);
        return null;
    }

    private async ValueTask<Refusal?> ActAsync(
        HttpContext http, Caller caller, string action, Func<IPortfolioOperations, string, Task<Reason>> act)
    {
        if (ReadAccount(http, out var account) is { } wrong)
            return wrong;
        var (body, refusal) = await RequestBody.ReadAsync<RequiredReason>(http.Request);
        if (refusal is not null)
            return refusal;
        await audit.NoteAsync(http, caller.Email, action, $"{account}: {body.Why}");
        var reason = await act(grains.GetGrain<IPortfolioOperations>(account), body.Why);
        if (reason != Reason.None)
            return reason.ToError();
        await JsonResponse.SendAsync(http, new Done($"{account}: {action}."), ApiJson.Default.Done);
        return null;
    }

    /// <summary>Houses, which have negative numbers, are nobody's to freeze.</summary>
    private static Refusal? ReadAccount(HttpContext http, out long account) =>
        StrictId.TryParse((string)http.Request.RouteValues["userId"]!, out account) && account <= OrderIds.AccountMax
            ? null
            : Reason.UnknownAccount.ToError();

    private static UserDetails ToDetails(AccountReport report) => new(
        JsonId.Text(report.Account),
        report.Email,
        report.IsFrozen,
        report.FrozenWhy,
        report.OpenOrders,
        report.OpenPositions,
        Array.ConvertAll(report.Balances, balance => new Balance(balance.Asset, balance.Available, balance.Locked)));
}
