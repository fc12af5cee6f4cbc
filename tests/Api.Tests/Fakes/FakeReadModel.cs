using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests.Fakes;

/// <summary>A history that is written by hand, with the read model's own order and paging.</summary>
public sealed class FakeReadModel : IReadModel
{
    public List<OrderRow> Orders { get; } = [];
    public List<(long Account, OwnTradeRow Trade)> Trades { get; } = [];
    public List<(long Account, DepositRow Deposit)> Deposits { get; } = [];
    public List<(string Symbol, string Interval, CandleRow Candle)> Candles { get; } = [];

    public TimeSpan Lag { get; set; }

    /// <summary>Never completes while it is set.</summary>
    public bool IsStuck { get; set; }

    public Task CatchUpAsync(CancellationToken cancellation = default) => IsStuck ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask;

    public Task<IReadOnlyList<OrderRow>> OrdersAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation = default) =>
        Newest(
            Orders.Where(order => order.Account == account && (symbol is null || order.Symbol == symbol)), order => order.OrderId, beforeId, limit);

    public Task<OrderRow?> OrderAsync(long account, long orderId, CancellationToken cancellation = default) =>
        Task.FromResult(Orders.Find(order => order.Account == account && order.OrderId == orderId));

    public Task<OrderRow?> OrderAsync(long account, string clientOrderId, CancellationToken cancellation = default) =>
        Task.FromResult(Orders.FindLast(order => order.Account == account && order.ClientOrderId == clientOrderId));

    public Task<IReadOnlyList<OwnTradeRow>> AccountTradesAsync(
        long account, string symbol, long? orderId, long beforeId, int limit, CancellationToken cancellation = default) => Newest(
            Trades.Where(own => own.Account == account).Select(own => own.Trade)
                .Where(trade => trade.Symbol == symbol && (orderId is null || trade.OrderId == orderId)),
            trade => trade.TradeId, beforeId, limit);

    public List<PositionRow> Positions { get; } = [];

    public Task<IReadOnlyList<PositionRow>> ClosedPositionsAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation = default) => Newest(
            Positions.Where(
                position => position.Account == account && position.State == PositionState.Closed && (symbol is null || position.Symbol == symbol)),
            position => position.PositionId, beforeId, limit);

    public List<EntryRow> Entries { get; } = [];

    public Task<IReadOnlyList<EntryRow>> TriggeredPositionsAsync(long account, long beforeId, int limit, CancellationToken cancellation = default) =>
        Newest(Entries.Where(entry => entry.Account == account), entry => entry.PositionId, beforeId, limit);

    public Task<PositionRow?> PositionAsync(long account, long positionId, CancellationToken cancellation = default) =>
        Task.FromResult(Positions.Find(position => position.Account == account && position.PositionId == positionId));

    public Task<IReadOnlyList<DepositRow>> DepositsAsync(long account, long beforePosition, int limit, CancellationToken cancellation = default) =>
        Newest(Deposits.Where(own => own.Account == account).Select(own => own.Deposit), deposit => deposit.Position, beforePosition, limit);

    public Task<IReadOnlyList<CandleRow>> CandlesAsync(
        string symbol, CandleInterval interval, long? fromMs, long? toMs, int limit, CancellationToken cancellation = default)
    {
        var candles = Candles
            .Where(known => known.Symbol == symbol && known.Interval == interval.Name)
            .Select(known => known.Candle)
            .Where(candle => candle.OpenTimeMs >= (fromMs ?? 0) && candle.OpenTimeMs <= (toMs ?? long.MaxValue))
            .OrderBy(candle => candle.OpenTimeMs)
            .ToList();
        return Task.FromResult<IReadOnlyList<CandleRow>>(fromMs is null ? [.. candles.TakeLast(limit)] : [.. candles.Take(limit)]);
    }

    public Task<IReadOnlyList<OrderRow>> PairAsync(long account, string clientListId, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<OrderRow>>([.. Orders.Where(order => order.Account == account && order.ClientListId == clientListId)]);

    public Task<IReadOnlyList<OrderRow>> TriggeredOrdersAsync(long account, long beforeId, int limit, CancellationToken cancellation = default) =>
        Newest(Orders.Where(order => order.Account == account && order.TriggeredAtMs > 0), order => order.OrderId, beforeId, limit);

    public Task<IReadOnlyList<string>> SymbolsWithOpenOrdersAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<long>> AccountsWithOpenOrdersAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task RebuildAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<Market>> MarketsAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<UserRow?> UserAsync(long account, CancellationToken cancellation = default) => throw new NotSupportedException();

    public List<UserRow> Users { get; } = [];

    public Task<UserRow?> UserAsync(string email, CancellationToken cancellation = default) =>
        Task.FromResult(Users.Find(user => user.Email == email));

    public Task<IReadOnlyList<UserRow>> UsersAsync(long afterAccount, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<UserRow>>([.. Users.Where(user => user.Account > afterAccount).Take(limit)]);

    public Task<IReadOnlyList<OrderRow>> OrdersFromAsync(
        long account, string symbol, long fromId, int limit, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<TradeRow>> TradesAsync(string symbol, long beforeId, int limit, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<TradeRow>> TradesFromAsync(string symbol, long fromId, int limit, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<OwnTradeRow>> AccountTradesFromAsync(
        long account, string symbol, long? orderId, long fromId, int limit,
        CancellationToken cancellation = default) => throw new NotSupportedException();

    private static Task<IReadOnlyList<T>> Newest<T>(IEnumerable<T> rows, Func<T, long> id, long before, int limit) =>
        Task.FromResult<IReadOnlyList<T>>([.. rows.Where(row => id(row) < before).OrderByDescending(id).Take(limit)]);
}
