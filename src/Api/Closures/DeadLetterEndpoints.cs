using System.Text;
using System.Text.Json;
using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Closures;

/// <summary>For operators: what could not be delivered. It is tried again or given up; each of that is in the audit log.</summary>
internal sealed class DeadLetterEndpoints(
    IDeadLetters letters, IClosureRecords closures, IGrainFactory grains, IMarketCatalog catalog, SecurityLog security)
{
    public static readonly FieldSet PageFields = new("past", "limit", "cursor", "userId");

    private static readonly string[] Switches = ["true", "false"];

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, PageFields, out var query)
            ?? query.OneOf("past", Switches)
            ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        var rows = query["past"] == "true"
            ? await letters.PastAsync(page.Before, page.Limit, http.RequestAborted)
            : await letters.ListAsync(page.Before == long.MaxValue ? 0 : page.Before, page.Limit, http.RequestAborted);
        var answer = new DeadLetterPage(
            [.. rows.Select(ToInfo)], await letters.CountAsync(http.RequestAborted), page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, ClosureJson.Default.DeadLetterPage);
        return null;
    }

    public async ValueTask<Refusal?> RetryAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<LetterBody>(http.Request);
        if (refusal is not null)
            return refusal;
        await security.NoteAsync(http, caller.Email, "dead letter tried again", JsonId.Text(body.Id));
        var letter = await letters.FindAsync(body.Id, http.RequestAborted);
        if (letter is null)
            return EdgeErrors.UnknownLetter;
        var reason = catalog.TryGet(letter.Source, out var market)
            ? await grains.GetGrain<ISymbolGrain>(market.Symbol).RetryDeadLetter(body.Id)
            : await closures.RetryAsync(body.Id) ? Reason.None : Reason.InvalidRequest;
        if (reason != Reason.None)
            return reason.ToError();
        await JsonResponse.SendAsync(http, new Done("The letter is delivered."), ApiJson.Default.Done);
        return null;
    }

    public async ValueTask<Refusal?> GiveUpAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<LetterBody>(http.Request);
        if (refusal is not null)
            return refusal;
        await security.NoteAsync(http, caller.Email, "dead letter given up", JsonId.Text(body.Id));
        if (!await letters.DropAsync(body.Id))
            return EdgeErrors.UnknownLetter;
        await JsonResponse.SendAsync(http, new Done("The letter is given up."), ApiJson.Default.Done);
        return null;
    }

    private static DeadLetterInfo ToInfo(DeadLetter letter) => new(
        JsonId.Text(letter.Id), letter.Source, letter.Target, letter.Reason,
        letter.State switch
        {
            DeadLetterState.Waiting => "WAITING",
            DeadLetterState.Delivered => "DELIVERED",
            _ => "GIVEN_UP",
        },
        Encoding.UTF8.GetString(letter.Payload.Span), letter.AddedAtMs, letter.Retries, letter.RetriedAtMs == 0 ? null : letter.RetriedAtMs);
}

internal sealed class LetterBody : IJsonRequest<LetterBody>
{
    public long Id;

    public static FieldSet Fields { get; } = new("letterId");

    public static Refusal? Read(LetterBody body, int field, ref Utf8JsonReader reader) => ReadField.Id(ref reader, "letterId", out body.Id);

    public static Refusal? Complete(LetterBody body) => body.Id > 0 ? null : EdgeErrors.MissingField.With("field", "letterId");
}
