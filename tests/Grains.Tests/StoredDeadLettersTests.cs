using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Grains.Symbols;
using Exchange.Storage.DeadLetters;

namespace Exchange.Grains.Tests;

public sealed class StoredDeadLettersTests
{
    private static readonly SettlementItem[] Record =
    [
        new(SettlementKind.Fill, 7, 1, 4_294_967_297, 99, Side.Sell, 0.00000001m, 12.50m, 0.0125m, OrderStatus.New, Reason.None),
        SettlementItem.Done(7, 2, 4_294_967_297, OrderStatus.Cancelled, Reason.CancelledByUser),
    ];

    [Fact]
    public async Task A_letter_gives_back_the_record_that_was_put_in()
    {
        var office = new StoredDeadLetters(new ListedLetters());
        await office.Add("BTC_USDT", -2, Reason.UnknownOrder, Record);

        var found = await office.Find(1);

        Assert.Equal(("BTC_USDT", -2L), (found!.Symbol, found.Account));
        Assert.Equal(Record, found.Record);
        Assert.Null(await office.Find(2));
    }

    [Fact]
    public async Task The_same_record_is_one_letter_however_often_it_is_refused()
    {
        var letters = new ListedLetters();
        var office = new StoredDeadLetters(letters);
        await office.Add("BTC_USDT", 1, Reason.UnknownOrder, Record);
        await office.Add("BTC_USDT", 1, Reason.UnknownOrder, Record);
        await office.Add("BTC_USDT", 2, Reason.UnknownOrder, Record);
        Assert.Equal(2, await letters.CountAsync());

        await office.NoteRetry(1);
        Assert.Equal(1, (await letters.FindAsync(1))!.Retries);
    }

    [Fact]
    public async Task What_was_booked_after_all_and_what_was_given_up_are_filed_apart()
    {
        var letters = new ListedLetters();
        var office = new StoredDeadLetters(letters);
        await office.Add("BTC_USDT", 1, Reason.UnknownOrder, Record);
        await office.Add("BTC_USDT", 2, Reason.UnknownOrder, Record);

        await office.Complete(1);
        await office.Drop(2);

        Assert.Null(await office.Find(1));
        Assert.Null(await office.Find(2));
        Assert.Equal(
            [(1, DeadLetterState.Delivered), (2, DeadLetterState.GivenUp)],
            (await letters.PastAsync()).Select(letter => ((int)letter.Id, letter.State)));
    }

    private sealed class ListedLetters : IDeadLetters
    {
        private readonly List<DeadLetter> _letters = [];

        public Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload)
        {
            _letters.Add(new DeadLetter(_letters.Count + 1, source, target, reason, payload.ToArray(), 0, 0, 0));
            return Task.FromResult((long)_letters.Count);
        }

        public Task<IReadOnlyList<DeadLetter>> ListAsync(long afterId = 0, int limit = 100, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<DeadLetter>>(
                [.. _letters.Where(letter => letter.Id > afterId && letter.State == DeadLetterState.Waiting).Take(limit)]);

        public Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation = default) =>
            Task.FromResult(_letters.Find(letter => letter.Id == id && letter.State == DeadLetterState.Waiting));

        public Task<bool> MarkRetriedAsync(long id)
        {
            var place = _letters.FindIndex(letter => letter.Id == id);
            _letters[place] = _letters[place] with { Retries = _letters[place].Retries + 1 };
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<DeadLetter>> PastAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<DeadLetter>>([.. _letters.Where(letter => letter.State != DeadLetterState.Waiting)]);

        public Task<bool> CompleteAsync(long id) => Resolve(id, DeadLetterState.Delivered);

        public Task<bool> DropAsync(long id) => Resolve(id, DeadLetterState.GivenUp);

        public Task<long> CountAsync(CancellationToken cancellation = default) => Task.FromResult((long)_letters.Count);

        private Task<bool> Resolve(long id, DeadLetterState state)
        {
            var place = _letters.FindIndex(letter => letter.Id == id);
            _letters[place] = _letters[place] with { State = state };
            return Task.FromResult(true);
        }
    }
}
