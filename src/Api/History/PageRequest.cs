using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.History;

/// <summary>How much of a list is asked for, and from where on.</summary>
internal sealed class PageRequest(long start = long.MaxValue)
{
    private int limit = HistoryEndpoints.DefaultLimit;
    private long cursor = start;

    public int Limit => limit;

    /// <summary>Where the page before this one ended: the newest first go on below it, the oldest first above it.</summary>
    public long Cursor => cursor;

    public Refusal? Read(Query query) => query.Integer("limit", 1, HistoryEndpoints.MaxLimit, ref limit) ?? query.Id("cursor", ref cursor);

    public Refusal? Read(Query query, Caller caller)
    {
        var userId = 0L;
        return Read(query) ?? query.UserId(ref userId) ?? caller.RefuseOther(userId);
    }

    /// <summary>Null where a page is not full, for then it was the last.</summary>
    public string? CursorAfter<T>(IReadOnlyList<T> rows, Func<T, long> id) => rows.Count < limit ? null : JsonId.Text(id(rows[^1]));
}
