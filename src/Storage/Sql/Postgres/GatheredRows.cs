using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Exchange.Storage.Sql.Postgres;

/// <summary>
/// Rows that one statement inserts or updates, sent as one array per parameter: a statement for each would cost a round
/// trip, and the server ten times the work.
/// </summary>
internal sealed partial class GatheredRows(NpgsqlCommand single)
{
    private const int RowsMax = 2_000;
    private readonly List<Column> _columns = [];
    private NpgsqlCommand? _all;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <returns>Whether it is time to write them.</returns>
    public bool Add(NpgsqlParameterCollection row)
    {
        if (_all is null)
        {
            Shape(row);
        }

        for (int column = 0; column < _columns.Count; column++)
        {
            _columns[column].Take(row[column]);
        }

        return ++_count >= RowsMax;
    }

    public void Write()
    {
        if (_count == 0)
        {
            return;
        }

        try
        {
            _all!.ExecuteNonQuery();
        }
        finally
        {
            Clear();
        }
    }

    public void Clear()
    {
        _count = 0;
        _columns.ForEach(column => column.Clear());
    }

    private void Shape(NpgsqlParameterCollection row)
    {
        _all = new NpgsqlCommand(Rewritten(single.CommandText, row.Count), single.Connection);
        foreach (NpgsqlParameter parameter in row)
        {
            Column column = parameter switch
            {
                NpgsqlParameter<long> => new Column<long>(NpgsqlDbType.Bigint),
                NpgsqlParameter<string> => new Column<string>(NpgsqlDbType.Text),
                NpgsqlParameter<decimal> => new Column<decimal>(NpgsqlDbType.Numeric),
                NpgsqlParameter<byte[]> => new Column<byte[]>(NpgsqlDbType.Bytea),
                _ => throw new NotSupportedException("A row that is gathered has no NULL."),
            };
            _columns.Add(column);
            _all.Parameters.Add(column.Parameter);
        }
    }

    /// <summary>"VALUES ($1, $2)" becomes a selection from the arrays; "WHERE id = $2" joins them.</summary>
    private static string Rewritten(string sql, int parameters)
    {
        string numbers = string.Join(", ", Enumerable.Range(1, parameters).Select(number => $"${number}"));
        string names = string.Join(", ", Enumerable.Range(1, parameters).Select(number => $"c{number}"));
        string arrays = $"FROM unnest({numbers}) AS v({names})";
        Match values = Values().Match(sql);
        if (values.Success)
        {
            return $"{sql[..values.Index]}SELECT {Named(values.Groups[1].Value)} {arrays}{sql[(values.Index + values.Length)..]}";
        }

        int where = sql.LastIndexOf(" WHERE ", StringComparison.Ordinal);
        return where > 0 && sql.StartsWith("UPDATE ", StringComparison.Ordinal)
            ? $"{Named(sql[..where])} {arrays}{Named(sql[where..])}"
            : throw new NotSupportedException($"Rows cannot be gathered for: {sql}");
    }

    private static string Named(string sql) => Placeholder().Replace(sql, "v.c$1");

    [GeneratedRegex(@"VALUES\s*\(([^()]*)\)")]
    private static partial Regex Values();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Placeholder();

    private abstract class Column
    {
        public abstract NpgsqlParameter Parameter { get; }

        public abstract void Take(NpgsqlParameter value);

        public abstract void Clear();
    }

    private sealed class Column<T> : Column
    {
        private readonly List<T> _values = [];

        public Column(NpgsqlDbType type) => Parameter = new NpgsqlParameter<List<T>>
        {
            NpgsqlDbType = NpgsqlDbType.Array | type,
            TypedValue = _values,
        };

        public override NpgsqlParameter Parameter { get; }

        public override void Take(NpgsqlParameter value) => _values.Add(((NpgsqlParameter<T>)value).TypedValue!);

        public override void Clear() => _values.Clear();
    }
}
