using System.Text.Json;
using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Storage.Closures;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Closures;

/// <summary>For operators: what an owner could not be told. It is tried again or given up; each of that is in the audit log.</summary>
internal sealed class ClosureLetterEndpoints(IClosureRecords closures, SecurityLog security)
{
    public static readonly FieldSet ListFields = new("limit", "cursor");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest(start: 0);
        if ((Query.Read(http.Request, ListFields, out var query) ?? page.Read(query)) is { } refusal)
            return refusal;
        var rows = await closures.LettersAsync(page.Cursor, page.Limit, http.RequestAborted);
        var answer = new ClosureLetterPage(
            [.. rows.Select(row => new ClosureLetterInfo(
                JsonId.Text(row.Id), row.Closure.Key, JsonId.Text(row.Closure.Account), row.Closure.Kind, row.Reason, row.Closure.Detail,
                row.AddedAtMs))],
            page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, ClosureJson.Default.ClosureLetterPage);
        return null;
    }

    public ValueTask<Refusal?> RetryAsync(HttpContext http, Caller caller) =>
        DecideAsync(http, caller, "closure tried again", "The owner is told.", closures.RetryAsync);

    public ValueTask<Refusal?> GiveUpAsync(HttpContext http, Caller caller) =>
        DecideAsync(http, caller, "closure given up", "The letter is given up.", closures.GiveUpAsync);

    private async ValueTask<Refusal?> DecideAsync(HttpContext http, Caller caller, string action, string done, Func<long, Task<bool>> decide)
    {
        var (body, refusal) = await RequestBody.ReadAsync<LetterBody>(http.Request);
        if (refusal is not null)
            return refusal;
        await security.NoteAsync(http, caller.Email, action, JsonId.Text(body.Id));
        if (!await decide(body.Id))
            return EdgeErrors.UnknownDeadLetter;
        await JsonResponse.SendAsync(http, new Done(done), ApiJson.Default.Done);
        return null;
    }
}

internal sealed class LetterBody : IJsonRequest<LetterBody>
{
    public long Id;

    public static FieldSet Fields { get; } = new("letterId");

    public static Refusal? Read(LetterBody body, int field, ref Utf8JsonReader reader) => ReadField.Id(ref reader, "letterId", out body.Id);

    public static Refusal? Complete(LetterBody body) => body.Id > 0 ? null : EdgeErrors.MissingField.With("field", "letterId");
}
