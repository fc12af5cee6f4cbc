using Exchange.Storage.Closures;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Two letters that wait.</summary>
public sealed class FakeClosures : IClosureRecords
{
    private readonly List<ClosureLetter> _letters = [Letter(1), Letter(2)];

    public Task<IReadOnlyList<ClosureRow>> ListAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ClosureRow>>(
            [new ClosureRow(3, "BTC_USDT:7:0", 17, "POSITION_CLOSED", ClosureOutcome.Failed, 3, "no disk", 5, 6)]);

    public Task<IReadOnlyList<ClosureCount>> CountAsync(CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ClosureCount>>([new ClosureCount("POSITION_CLOSED", 4, 1)]);

    public Task<IReadOnlyList<ClosureLetter>> LettersAsync(long afterId = 0, int limit = 100, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<ClosureLetter>>([.. _letters]);

    public Task<bool> GiveUpAsync(long letterId) => RetryAsync(letterId);

    public Task<bool> RetryAsync(long letterId) => Task.FromResult(_letters.RemoveAll(letter => letter.Id == letterId) == 1);

    private static ClosureLetter Letter(long id) =>
        new(id, new Closure($"BTC_USDT:{id}:0", 17, "POSITION_CLOSED", "{}", "position closed", "detail", 5), "no disk", 6);
}
