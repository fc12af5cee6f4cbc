using Exchange.Domain;
using Exchange.Domain.Settlement;

namespace Exchange.Grains.Symbols;

/// <summary>Keeps settlements that a portfolio refused until an operator decides about them. Every change is durable when it completes.</summary>
public interface IDeadLetterOffice
{
    /// <summary>Adds the record once, however often it is redelivered and refused.</summary>
    Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record);

    Task<DeadSettlement?> Find(long letterId);

    /// <summary>The record was booked after all.</summary>
    Task Complete(long letterId);

    /// <summary>The record was given up.</summary>
    Task Drop(long letterId);

    Task NoteRetry(long letterId);
}

public sealed record DeadSettlement(string Symbol, long Account, IReadOnlyList<SettlementItem> Record);
