using System.Globalization;
using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Settlement;
using Exchange.Storage.DeadLetters;

namespace Exchange.Grains.Symbols;

/// <summary>Dead settlements in the store, as JSON that an operator can read.</summary>
public sealed class StoredDeadLetters(IDeadLetters letters) : IDeadLetterOffice
{
    private const int PageLength = 1_000;

    public async Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record)
    {
        if (await IsThere(symbol, account, record[0].Sequence))
            return;
        await letters.AddAsync(
            symbol, account.ToString(CultureInfo.InvariantCulture), reason.ToString(), JsonSerializer.SerializeToUtf8Bytes(record));
    }

    public async Task<DeadSettlement?> Find(long letterId) => await letters.FindAsync(letterId) is { } letter ? Read(letter) : null;

    public Task Complete(long letterId) => letters.CompleteAsync(letterId);

    public Task Drop(long letterId) => letters.DropAsync(letterId);

    public Task NoteRetry(long letterId) => letters.MarkRetriedAsync(letterId);

    private async Task<bool> IsThere(string symbol, long account, long sequence)
    {
        var afterId = 0L;
        while (await letters.ListAsync(afterId, PageLength) is { Count: > 0 } page)
        {
            if (page.Any(
                letter => Read(letter) is { } dead && dead.Symbol == symbol && dead.Account == account && dead.Record[0].Sequence == sequence))
                return true;
            afterId = page[^1].Id;
        }

        return false;
    }

    private static DeadSettlement? Read(DeadLetter letter) =>
        long.TryParse(letter.Target, CultureInfo.InvariantCulture, out var account)
        && JsonSerializer.Deserialize<SettlementItem[]>(letter.Payload.Span) is { Length: > 0 } record
            ? new DeadSettlement(letter.Source, account, record)
            : null;
}
