namespace Exchange.Storage.ReadModel;

/// <summary>
/// How PostgreSQL keeps the projections. Trades and candles only grow, at the end of time: where TimescaleDB is
/// installed they become hypertables, which need the time in every unique key. Elsewhere they are tables with an index.
/// </summary>
internal static class PostgresTables
{
    public const string Settings = """
        ALTER TABLE orders SET (fillfactor = 85);
        ALTER TABLE watermarks SET (fillfactor = 70);
        ALTER TABLE candles SET (fillfactor = 85);
        DO $timescale$
        DECLARE
            place TEXT;
        BEGIN
            SELECT n.nspname INTO place FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.proname = 'create_hypertable' LIMIT 1;
            IF place IS NOT NULL THEN
                ALTER TABLE trades DROP CONSTRAINT trades_pkey;
                ALTER TABLE trades ADD PRIMARY KEY (market, id, at_ms);
                EXECUTE format('SELECT %I.create_hypertable(''trades'', ''at_ms'', chunk_time_interval => 86400000::bigint)', place);
                EXECUTE format('SELECT %I.create_hypertable(''candles'', ''open_ms'', chunk_time_interval => 2592000000::bigint)', place);
            END IF;
        END
        $timescale$
        """;
}
