using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.History;

/// <summary>How much of a list is asked for, and from where on.</summary>
internal sealed class PageRequest
{
    private int limit = HistoryEndpoints.DefaultLimit;
    private long before = long.MaxValue;

    public int Limit => limit;

    public long Before => before;

    public Refusal? Read(Query query, Caller caller)
    {
        var userId = 0L;
        return query.Integer("limit", 1, HistoryEndpoints.MaxLimit, ref limit)
            ?? query.Id("cursor", ref before)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
    }

    /// <summary>Null where a page is not full, for then it was the last.</summary>
    public string? CursorAfter<T>(IReadOnlyList<T> rows, Func<T, long> id) => rows.Count < limit ? null : JsonId.Text(id(rows[^1]));
}
