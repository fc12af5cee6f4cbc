using Exchange.Domain;
using Exchange.Domain.Settlement;
using Exchange.Grains.Symbols;

namespace Exchange.Simulation.Tests;

public sealed class RecordedDeadLetters : IDeadLetterOffice
{
    public List<(string Symbol, long Account, Reason Reason, SettlementItem First)> Letters { get; } = [];

    public Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record)
    {
        Letters.Add((symbol, account, reason, record[0]));
        return Task.CompletedTask;
    }

    public Task<DeadSettlement?> Find(long letterId) => throw new NotSupportedException("A run has no refused settlements.");

    public Task Complete(long letterId) => throw new NotSupportedException("A run has no refused settlements.");

    public Task Drop(long letterId) => throw new NotSupportedException("A run has no refused settlements.");

    public Task NoteRetry(long letterId) => throw new NotSupportedException("A run has no refused settlements.");
}
