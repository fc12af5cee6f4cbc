using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.DeadLetters;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Admin;

/// <summary>What an operator does about settlements that an account refused. What is done is noted before it is tried.</summary>
internal sealed class DeadLetterEndpoints(IDeadLetters letters, IGrainFactory grains, SecurityLog security)
{
    public static readonly FieldSet ListFields = new("limit", "cursor");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest(start: 0);
        if ((Query.Read(http.Request, ListFields, out var query) ?? page.Read(query)) is { } refusal)
            return refusal;
        var rows = await letters.ListAsync(page.Cursor, page.Limit, http.RequestAborted);
        var answer = new DeadLetterPage([.. rows.Select(DeadLetterTranslation.ToInfo)], page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.DeadLetterPage);
        return null;
    }

    public async ValueTask<Refusal?> PastAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        if ((Query.Read(http.Request, ListFields, out var query) ?? page.Read(query)) is { } refusal)
            return refusal;
        var rows = await letters.PastAsync(page.Cursor, page.Limit, http.RequestAborted);
        var answer = new PastDeadLetterPage([.. rows.Select(DeadLetterTranslation.ToPast)], page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.PastDeadLetterPage);
        return null;
    }

    public async ValueTask<Refusal?> RetryAsync(HttpContext http, Caller caller)
    {
        var (letter, refusal) = await FindAsync(http);
        if (letter is null)
            return refusal;
        await security.NoteAsync(http, caller.Email, "dead letter retried", Name(letter));
        return await AnswerAsync(http, letter, await SymbolOf(letter).RetryDeadLetter(letter.Id), "SETTLED");
    }

    public async ValueTask<Refusal?> DropAsync(HttpContext http, Caller caller)
    {
        var (request, badBody) = await RequestBody.ReadAsync<DropRequest>(http.Request);
        if (badBody is not null)
            return badBody;
        var (letter, refusal) = await FindAsync(http);
        if (letter is null)
            return refusal;
        await security.NoteAsync(http, caller.Email, "dead letter dropped", $"{Name(letter)}: {request.Reason}");
        return await AnswerAsync(http, letter, await SymbolOf(letter).DropDeadLetter(letter.Id), "DROPPED");
    }

    private static async ValueTask<Refusal?> AnswerAsync(HttpContext http, DeadLetter letter, Reason reason, string outcome)
    {
        var answer = reason == Reason.None
            ? new DeadLetterOutcome(JsonId.Text(letter.Id), outcome, null)
            : new DeadLetterOutcome(JsonId.Text(letter.Id), "REFUSED", reason.ToError().Code);
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.DeadLetterOutcome);
        return null;
    }

    private async Task<(DeadLetter? Letter, Refusal? Refusal)> FindAsync(HttpContext http)
    {
        var isId = StrictId.TryParse(http.Request.RouteValues["id"] as string ?? "", out var id);
        return isId && await letters.FindAsync(id, http.RequestAborted) is { } letter ? (letter, null) : (null, EdgeErrors.UnknownDeadLetter);
    }

    private ISymbolGrain SymbolOf(DeadLetter letter) => grains.GetGrain<ISymbolGrain>(letter.Source);

    private static string Name(DeadLetter letter) => $"{letter.Id} of {letter.Source} for account {letter.Target}, {letter.Reason}";
}

internal static class DeadLetterRoutes
{
    private const string Group = "Operators";
    private const string Path = "/api/v1/admin/dead-letters";

    public static void MapDeadLetters(this ApiRoutes routes, DeadLetterEndpoints letters)
    {
        routes.ForAdmin("GET", Path, letters.ListAsync).Document(
            new(Group, "Settlements that an account refused, the oldest first", typeof(DeadLetterPage)) { Query = DeadLetterEndpoints.ListFields });
        routes.ForAdmin("GET", Path + "/past", letters.PastAsync).Document(
            new(Group, "Refused settlements that were delivered after all or given up, the newest first", typeof(PastDeadLetterPage))
            {
                Query = DeadLetterEndpoints.ListFields,
            });
        routes.ForAdmin("POST", Path + "/{id}/retry", letters.RetryAsync).Document(
            new(Group, "Deliver a refused settlement again; it takes effect once", typeof(DeadLetterOutcome)));
        routes.ForAdmin("DELETE", Path + "/{id}", letters.DropAsync).Document(
            new(Group, "Give a refused settlement up for good; what it would have moved is the house's", typeof(DeadLetterOutcome))
            {
                Body = DropRequest.Fields,
                Required = ["reason"],
                BodyExample = """{"reason":"booked by hand, see ticket 12"}""",
            });
    }
}
