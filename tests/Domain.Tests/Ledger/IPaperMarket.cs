using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>What an exchange of portfolios needs of a symbol.</summary>
internal interface IPaperMarket
{
    Market Market { get; }
    long Sequence { get; }
    List<(long Sequence, EventBatch Batch)> Journal { get; }
    IEnumerable<long> RestingOrderIds { get; }

    void Submit(OrderPlaced order);

    void Cancel(long orderId);

    /// <summary>The venue trades through a resting order.</summary>
    void FillFromVenue(long orderId, long lots);

    /// <summary>What happened since the last time becomes one record of the journal.</summary>
    void Flush();

    /// <summary>Everything owed to an account after one sequence, up to and with another.</summary>
    SettlementItem[] Owed(long account, long after, long upTo);

    void Restart();
}
