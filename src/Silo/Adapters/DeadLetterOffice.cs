using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Settlement;
using Exchange.Grains.Symbols;
using Exchange.Storage.DeadLetters;

namespace Exchange.Silo.Adapters;

/// <summary>Refused settlements, kept as JSON that an operator can read.</summary>
internal sealed class DeadLetterOffice(IDeadLetters letters) : IDeadLetterOffice
{
    public Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record) => letters.AddAsync(
        Streams.Symbol(symbol), Streams.Portfolio(account), reason.ToString(), JsonSerializer.SerializeToUtf8Bytes(record));
}
