using Exchange.Domain.Candles;
using Exchange.Domain.Markets;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// What happened, as far as it has been followed: <see cref="Lag"/> behind the journal. Lists have at most 1,000 rows;
/// 'before' lists run from the newest back, 'from' lists forward. What does not exist gives an empty list or null.
/// </summary>
public interface IReadModel
{
    /// <summary>How long the oldest record that has not been taken in yet has been durable; zero when there is none.</summary>
    TimeSpan Lag { get; }

    /// <summary>Completes when everything that is durable now can be read here.</summary>
    Task CatchUpAsync(CancellationToken cancellation = default);

    /// <summary>Forgets what was projected and reads the whole journal again. Queries see little until it has caught up.</summary>
    Task RebuildAsync(CancellationToken cancellation = default);

    Task<IReadOnlyList<Market>> MarketsAsync(CancellationToken cancellation = default);

    Task<UserRow?> UserAsync(long account, CancellationToken cancellation = default);

    Task<UserRow?> UserAsync(string email, CancellationToken cancellation = default);

    Task<IReadOnlyList<UserRow>> UsersAsync(long afterAccount, int limit, CancellationToken cancellation = default);

    /// <summary>All symbols' orders where <paramref name="symbol"/> is null.</summary>
    Task<IReadOnlyList<OrderRow>> OrdersAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation = default);

    /// <summary>Oldest first, from this id on.</summary>
    Task<IReadOnlyList<OrderRow>> OrdersFromAsync(
        long account, string symbol, long fromId, int limit, CancellationToken cancellation = default);

    Task<OrderRow?> OrderAsync(long account, long orderId, CancellationToken cancellation = default);

    /// <summary>The newest order with this client order id.</summary>
    Task<OrderRow?> OrderAsync(long account, string clientOrderId, CancellationToken cancellation = default);

    /// <summary>Both orders of the newest pair with this client list id, the first first.</summary>
    Task<IReadOnlyList<OrderRow>> PairAsync(long account, string clientListId, CancellationToken cancellation = default);

    /// <summary>Conditional orders whose price was reached, whatever became of them since.</summary>
    Task<IReadOnlyList<OrderRow>> TriggeredOrdersAsync(long account, long beforeId, int limit, CancellationToken cancellation = default);

    /// <summary>Positions that were asked for at a price which was reached, whether they opened or not.</summary>
    Task<IReadOnlyList<EntryRow>> TriggeredPositionsAsync(long account, long beforeId, int limit, CancellationToken cancellation = default);

    /// <summary>Those that are over, all symbols' where <paramref name="symbol"/> is null.</summary>
    Task<IReadOnlyList<PositionRow>> ClosedPositionsAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation = default);

    /// <summary>Open or closed.</summary>
    Task<PositionRow?> PositionAsync(long account, long positionId, CancellationToken cancellation = default);

    /// <summary>
    /// The symbols that have orders or positions which are open, wait for a price, or over but not yet settled with their
    /// portfolio.
    /// </summary>
    Task<IReadOnlyList<string>> SymbolsWithOpenOrdersAsync(CancellationToken cancellation = default);

    /// <summary>
    /// The accounts that have orders which their portfolio does not know to be over, whatever their symbol did, requests for
    /// positions that are on their way, or something that their owner has not been told, and those about to start over.
    /// </summary>
    Task<IReadOnlyList<long>> AccountsWithOpenOrdersAsync(CancellationToken cancellation = default);

    Task<IReadOnlyList<TradeRow>> TradesAsync(string symbol, long beforeId, int limit, CancellationToken cancellation = default);

    Task<IReadOnlyList<TradeRow>> TradesFromAsync(string symbol, long fromId, int limit, CancellationToken cancellation = default);

    /// <summary>Of one order only where <paramref name="orderId"/> is not null.</summary>
    Task<IReadOnlyList<OwnTradeRow>> AccountTradesAsync(
        long account, string symbol, long? orderId, long beforeId, int limit, CancellationToken cancellation = default);

    Task<IReadOnlyList<OwnTradeRow>> AccountTradesFromAsync(
        long account, string symbol, long? orderId, long fromId, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Oldest first. With a start, the first ones that open from then on; without, the last ones that open until the end.
    /// Every interval from a minute up is there; the minute under way is in none of them.
    /// </summary>
    Task<IReadOnlyList<CandleRow>> CandlesAsync(
        string symbol, CandleInterval interval, long? fromMs, long? toMs, int limit, CancellationToken cancellation = default);

    Task<IReadOnlyList<DepositRow>> DepositsAsync(
        long account, long beforePosition, int limit, CancellationToken cancellation = default);
}
