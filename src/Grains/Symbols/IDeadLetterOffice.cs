using Exchange.Domain;
using Exchange.Domain.Settlement;

namespace Exchange.Grains.Symbols;

/// <summary>Keeps settlements that a portfolio refused until an operator decides about them.</summary>
public interface IDeadLetterOffice
{
    /// <summary>Durable when it completes.</summary>
    Task Add(string symbol, long account, Reason reason, IReadOnlyList<SettlementItem> record);
}
