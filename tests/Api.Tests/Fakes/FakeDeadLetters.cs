using Exchange.Storage.DeadLetters;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeDeadLetters : IDeadLetters
{
    public List<DeadLetter> Letters { get; } = [];

    public List<DeadLetter> Past { get; } = [];

    public Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. Letters.Where(letter => letter.Id > afterId).Take(limit)]);

    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation) => Task.FromResult(Letters.Find(letter => letter.Id == id));

    public Task<bool> MarkRetriedAsync(long id) => throw new NotSupportedException();

    public Task<bool> DropAsync(long id) => throw new NotSupportedException();

    public Task<long> CountAsync(CancellationToken cancellation) => Task.FromResult<long>(Letters.Count);

    public Task<bool> CompleteAsync(long id) => DropAsync(id);

    public Task<IReadOnlyList<DeadLetter>> PastAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
            [.. Past.Where(letter => letter.Id < beforeId).OrderByDescending(letter => letter.Id).Take(limit)]);
}
