using System.Globalization;
using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Settlement;
using Exchange.Storage.DeadLetters;

namespace Exchange.Grains.Symbols;

/// <summary>Dead settlements in the store, as JSON that an operator can read.</summary>
public sealed class StoredDeadLetters(IDeadLetters letters) : IDeadLetterOffice
{
    public Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record) => letters.AddAsync(
        symbol,
        account.ToString(CultureInfo.InvariantCulture),
        reason.ToString(),
        JsonSerializer.SerializeToUtf8Bytes(record));
}
