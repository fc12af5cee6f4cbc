using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;

namespace Exchange.Api.Tests.Fakes;

/// <summary>One letter of each kind, and what operators did with them.</summary>
public sealed class FakeClosures : IClosureRecords, IDeadLetters
{
    public const long ClosureLetter = 1;
    public const long SettlementLetter = 2;

    private readonly List<DeadLetter> _letters =
    [
        new(ClosureLetter, "closures", "17", "no disk", "{}"u8.ToArray(), 5, 0, 0),
        new(SettlementLetter, "BTC_USDT", "17", "UnknownOrder", "[]"u8.ToArray(), 6, 0, 0),
    ];

    public Task<IReadOnlyList<ClosureRow>> ListAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ClosureRow>>([new ClosureRow(3, "BTC_USDT:7:0", 17, "POSITION_CLOSED", ClosureOutcome.Failed, 3, "no disk", 5, 6)]);

    public Task<IReadOnlyList<ClosureCount>> CountAsync(CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ClosureCount>>([new ClosureCount("POSITION_CLOSED", 4, 1)]);

    public Task<bool> RetryAsync(long letterId) => CompleteAsync(letterId);

    public Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload) => throw new NotSupportedException();

    Task<IReadOnlyList<DeadLetter>> IDeadLetters.ListAsync(long afterId, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. _letters.Where(letter => letter.State == DeadLetterState.Waiting && letter.Id > afterId).Take(limit)]);

    public Task<IReadOnlyList<DeadLetter>> PastAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. _letters.Where(letter => letter.State != DeadLetterState.Waiting)]);

    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation = default) =>
        Task.FromResult(_letters.Find(letter => letter.Id == id && letter.State == DeadLetterState.Waiting));

    public Task<bool> MarkRetriedAsync(long id) => Task.FromResult(true);

    public Task<bool> CompleteAsync(long id) => Resolve(id, DeadLetterState.Delivered);

    public Task<bool> DropAsync(long id) => Resolve(id, DeadLetterState.GivenUp);

    Task<long> IDeadLetters.CountAsync(CancellationToken cancellation) =>
        Task.FromResult(_letters.LongCount(letter => letter.State == DeadLetterState.Waiting));

    private Task<bool> Resolve(long id, DeadLetterState state)
    {
        var at = _letters.FindIndex(letter => letter.Id == id && letter.State == DeadLetterState.Waiting);
        if (at >= 0)
            _letters[at] = _letters[at] with { State = state };
        return Task.FromResult(at >= 0);
    }
}
