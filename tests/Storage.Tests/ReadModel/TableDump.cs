using System.Text;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Tests.ReadModel;

internal static class TableDump
{
    private static readonly (string Table, int Columns, string Key)[] Tables =
    [
        ("watermarks", 2, "stream"), ("markets", 3, "number"), ("users", 3, "account"), ("deposits", 6, "account, position"),
        ("orders", 20, "id"), ("trades", 12, "market, id"), ("account_trades", 4, "account, market, trade, order_id"),
        ("candles", 10, "market, period, open_ms"),
    ];

    /// <summary>All projected rows as text.</summary>
    public static string Of(ISqlDialect dialect)
    {
        using ISqlSession session = dialect.OpenReader(StorePurpose.ReadModel);
        var dump = new StringBuilder();
        foreach ((string table, int columns, string key) in Tables)
        {
            dump.AppendLine(table);
            ISqlStatement rows = session.Prepare($"SELECT * FROM {table} ORDER BY {key}");
            while (rows.Read())
            {
                for (int column = 0; column < columns; column++)
                {
                    dump.Append(table == "markets" && column == 2 ? Convert.ToHexString(rows.Bytes(column)) : rows.Text(column)).Append('|');
                }

                dump.AppendLine();
            }
        }

        return dump.ToString();
    }
}
