using System.Globalization;
using System.Text.Json;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Orders;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Accounts;

/// <param name="Status">NONE where the account never started over, PENDING while a market still has something of it, then DONE.</param>
/// <param name="AgainAt">When the next reset may begin.</param>
public sealed record ResetInfo(
    string ResetId, string Status, long? StartedAt, long? FinishedAt, long? AgainAt, int OpenOrders, int OpenPositions);

internal sealed class ResetRequest : IJsonRequest<ResetRequest>
{
    public string ResetId = "";

    public static FieldSet Fields { get; } = new("resetId");

    public static Refusal? Read(ResetRequest request, int field, ref Utf8JsonReader reader) =>
        ReadField.ClientId(ref reader, "resetId", out request.ResetId);

    public static Refusal? Complete(ResetRequest request) => null;
}

/// <summary>Paper accounts may start over, now and then.</summary>
internal sealed class ResetEndpoints(IGrainFactory grains, SecurityLog audit)
{
    private static readonly FieldSet NoFields = new();

    public async ValueTask<Refusal?> ResetAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<ResetRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        var resetId = request.ResetId.Length > 0 ? request.ResetId : ClientIds.New();
        ResetReply reply;
        try
        {
            reply = await GrainOf(caller).Reset(resetId);
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            return error.With("resetId", resetId);
        }

        if (reply.Reason == Reason.ResetTooSoon)
            return reply.Reason.ToError().With("againAt", reply.AgainAtMs.ToString(CultureInfo.InvariantCulture));
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError();
        await audit.NoteAsync(http, caller.Email, "account reset", resetId);
        await SendAsync(http, reply);
        return null;
    }

    public async ValueTask<Refusal?> LastAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        await SendAsync(http, await GrainOf(caller).GetReset());
        return null;
    }

    private IPortfolioReset GrainOf(Caller caller) => grains.GetGrain<IPortfolioReset>(caller.Account);

    private static Task SendAsync(HttpContext http, ResetReply reply)
    {
        var isNone = reply.ResetId.Length == 0;
        var status = isNone ? "NONE" : reply.FinishedAtMs > 0 ? "DONE" : "PENDING";
        var info = new ResetInfo(
            reply.ResetId, status, isNone ? null : reply.StartedAtMs, reply.FinishedAtMs > 0 ? reply.FinishedAtMs : null,
            isNone ? null : reply.AgainAtMs, reply.OpenOrders, reply.OpenPositions);
        return JsonResponse.SendAsync(http, info, ApiJson.Default.ResetInfo);
    }
}
