using System.Buffers;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Exchange.Storage.Sql.Postgres;

/// <summary>The driver prepares what is executed often, by its text and the types of its parameters.</summary>
internal sealed class PostgresStatement(PostgresSession session, NpgsqlCommand command) : ISqlStatement
{
    private static readonly SearchValues<char> Unstorable =
        SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(half => (char)half)]);

    private NpgsqlDataReader? _reader;
    private GatheredRows? _rows;

    public ISqlStatement Bind(int parameter, long value)
    {
        Parameter<long>(parameter, NpgsqlDbType.Bigint).TypedValue = value;
        return this;
    }

    public ISqlStatement Bind(int parameter, string? value)
    {
        if (value is not null)
        {
            Parameter<string>(parameter, NpgsqlDbType.Text).TypedValue = Storable(value);
            return this;
        }

        // Without a type of its own the server gives it that of its place.
        Reset();
        Place(parameter, new NpgsqlParameter { Value = DBNull.Value });
        return this;
    }

    public ISqlStatement Bind(int parameter, decimal value)
    {
        Parameter<decimal>(parameter, NpgsqlDbType.Numeric).TypedValue = value;
        return this;
    }

    public ISqlStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Parameter<byte[]>(parameter, NpgsqlDbType.Bytea).TypedValue = value.ToArray();
        return this;
    }

    public int Run()
    {
        Reset();
        session.WriteGathered();
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }
    }

    public void Add()
    {
        Reset();
        _rows ??= new GatheredRows(command);
        if (_rows.IsEmpty)
        {
            session.Gather(_rows);
        }

        if (_rows.Add(command.Parameters))
        {
            session.WriteGathered();
        }
    }

    public bool Read()
    {
        try
        {
            if (_reader is null)
            {
                session.WriteGathered();
                _reader = command.ExecuteReader();
            }

            if (_reader.Read())
            {
                return true;
            }
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }

        Reset();
        return false;
    }

    public void Reset()
    {
        _reader?.Dispose();
        _reader = null;
    }

    public bool IsNull(int column) => Row.IsDBNull(column);

    public long Int64(int column) => Row.GetInt64(column);

    public string Text(int column) => Row.GetFieldType(column) == typeof(string)
        ? Row.GetString(column)
        : Convert.ToString(Row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture) ?? "";

    public decimal Decimal(int column) => Row.GetDecimal(column);

    public ReadOnlySpan<byte> Bytes(int column) => Row.GetFieldValue<byte[]>(column);

    public void Dispose()
    {
        Reset();
        command.Dispose();
    }

    /// <summary>A server refuses a zero and half a character within a text; SQLite takes them, and so must we.</summary>
    private static string Storable(string value)
    {
        if (!value.AsSpan().ContainsAny(Unstorable))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        foreach (Rune rune in value.EnumerateRunes())
        {
            text.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return text.ToString();
    }

    private NpgsqlDataReader Row => _reader ?? throw new InvalidOperationException("The statement is at no row.");

    private NpgsqlParameter<T> Parameter<T>(int number, NpgsqlDbType type)
    {
        Reset();
        if (number <= command.Parameters.Count && command.Parameters[number - 1] is NpgsqlParameter<T> known)
        {
            return known;
        }

        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        Place(number, parameter);
        return parameter;
    }

    private void Place(int number, NpgsqlParameter parameter)
    {
        if (number <= command.Parameters.Count)
        {
            command.Parameters[number - 1] = parameter;
        }
        else
        {
            command.Parameters.Add(parameter);
        }
    }
}
