using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

internal sealed partial class SqlReadModel
{
    private const string Positions = $"SELECT {PositionTable.Columns} FROM positions WHERE opened_ms > 0 AND";

    public Task<IReadOnlyList<PositionRow>> ClosedPositionsAsync(
        long account, string? symbol, long beforeId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<PositionRow>>(
            reader =>
            {
                var markets = MarketsByNumber(reader);
                long market = symbol is null ? 0 : Number(reader, symbol) ?? -1;
                return List(
                    reader[$"{Positions} state = $1 AND id > $2 AND id < $3 AND (market = $4 OR $5 = 0) ORDER BY id DESC LIMIT $6"]
                        .Bind(1, (long)PositionState.Closed).Bind(2, OrderTable.FirstId(account))
                        .Bind(3, Math.Min(beforeId, OrderTable.FirstId(account + 1))).Bind(4, market).Bind(5, market).Bind(6, Paging.Cap(limit)),
                    row => Position(row, markets));
            },
            cancellation);

    public Task<PositionRow?> PositionAsync(long account, long positionId, CancellationToken cancellation) => readers.Run(
        reader =>
        {
            var markets = MarketsByNumber(reader);
            return List(
                reader[$"{Positions} account = $1 AND id = $2"].Bind(1, account).Bind(2, positionId),
                row => Position(row, markets)).FirstOrDefault();
        },
        cancellation);

    public Task<IReadOnlyList<EntryRow>> TriggeredPositionsAsync(long account, long beforeId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<EntryRow>>(
            reader =>
            {
                var markets = MarketsByNumber(reader);
                return List(
                    reader[$"SELECT {EntryTable.Columns} FROM position_entries WHERE account = $1 AND triggered_ms > 0 AND id < $2 ORDER BY id "
                        + "DESC LIMIT $3"]
                        .Bind(1, account).Bind(2, beforeId).Bind(3, Paging.Cap(limit)),
                    row => Entry(row, markets));
            },
            cancellation);

    private static EntryRow Entry(ISqlStatement row, Dictionary<long, Market> markets) => new(
        row.Int64(0), row.Int64(1), markets[row.Int64(2)].Symbol, markets[row.Int64(2)].Quote, row.Text(3), (PositionSide)row.Int64(4),
        row.Int32(5), row.Decimal(6), row.Decimal(7), row.Decimal(9), (Reason)row.Int64(10), row.Int64(8), row.Int64(11));

    private static Dictionary<long, Market> MarketsByNumber(StatementCache reader) =>
        MarketTable.ReadAll(reader).ToDictionary(market => (long)market.Number);

    private static PositionRow Position(ISqlStatement row, Dictionary<long, Market> markets)
    {
        Market market = markets[row.Int64(2)];
        var side = (PositionSide)row.Int64(4);
        long lots = row.Int64(7);
        long closedLots = lots - row.Int64(13);
        return new PositionRow(
            row.Int64(0), row.Int64(1), market.Symbol, market.Quote, row.Text(3), side, row.Int32(5), market.QuantityOf(lots),
            PositionMath.AveragePrice(market, side, lots, row.Decimal(8)), row.Decimal(9), row.Decimal(11), row.Decimal(12),
            row.Decimal(16), (PositionState)row.Int64(17), (CloseCause)row.Int64(18), row.Decimal(19), row.Decimal(20),
            market.QuantityOf(closedLots),
            closedLots == 0 ? 0 : PositionMath.AveragePrice(market, PositionSide.Short, closedLots, row.Decimal(21)),
            row.Decimal(22), row.Decimal(23), row.Decimal(28), row.Decimal(24), row.Decimal(25), row.Int64(6), row.Int64(26));
    }
}
