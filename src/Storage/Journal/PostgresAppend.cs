using Exchange.Storage.Sql.Postgres;

namespace Exchange.Storage.Journal;

/// <summary>
/// A flush on PostgreSQL is one call of one function, which is its own transaction: one round trip, and nothing of it
/// happens before all of it has arrived. The lock makes entries' ids the order of their commits, so whoever has read up
/// to an id will never find a lower one. A flush that was applied already answers as it did the first time: a writer
/// that lost its connection calls again and learns what became of it.
/// </summary>
internal static class PostgresAppend
{
    public const string Call = "SELECT newest, refused FROM append_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    public static readonly string Script = $$"""
        ALTER TABLE streams SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
        ALTER TABLE entries ALTER COLUMN payload SET STORAGE EXTERNAL;
        CREATE TABLE writers (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            flush BIGINT NOT NULL,
            newest BIGINT NOT NULL,
            refused BIGINT[] NOT NULL,
            flushed TIMESTAMPTZ NOT NULL) WITH (fillfactor = 50);
        CREATE FUNCTION append_1(
            the_writer TEXT, the_flush BIGINT, names TEXT[], expected BIGINT[], records BIGINT[], previous BIGINT[],
            since_marks BIGINT[], marked BOOLEAN[], checksums BIGINT[], payloads BYTEA[],
            OUT newest BIGINT, OUT refused BIGINT[])
        LANGUAGE plpgsql AS $append$
        BEGIN
            PERFORM pg_advisory_xact_lock({{PostgresLock.Append.Keys()}});
            SELECT w.newest, w.refused INTO newest, refused FROM writers w WHERE w.id = the_writer AND w.flush >= the_flush;
            IF FOUND THEN
                RETURN;
            END IF;

            SELECT COALESCE(MAX(e.id), 0) INTO newest FROM entries e;
            IF 0 = ANY (expected) THEN
                INSERT INTO streams (name, sequence, last_entry, since_mark)
                SELECT a.name, 0, 0, 0 FROM unnest(names, expected) AS a(name, expected) WHERE a.expected = 0
                ON CONFLICT (name) DO NOTHING;
            END IF;

            WITH adding AS MATERIALIZED (
                SELECT * FROM unnest(names, expected, records, previous, since_marks, marked, checksums, payloads)
                    WITH ORDINALITY AS a(name, expected, records, previous, since_mark, marked, checksum, payload, place)),
            moved AS (
                UPDATE streams s
                SET sequence = a.expected + a.records, last_entry = append_1.newest + a.place, since_mark = a.since_mark
                FROM adding a WHERE s.name = a.name AND s.sequence = a.expected
                RETURNING s.id, a.place, a.expected, a.records, a.previous, a.marked, a.checksum, a.payload),
            written AS (
                INSERT INTO entries (id, stream, first_sequence, records, previous, checksum, payload)
                SELECT append_1.newest + m.place, m.id, m.expected + 1, m.records, m.previous, m.checksum, m.payload FROM moved m),
            noted AS (
                INSERT INTO marks (stream, first_sequence, previous)
                SELECT m.id, m.expected + 1, m.previous FROM moved m WHERE m.marked)
            SELECT COALESCE(array_agg(a.place), '{}') INTO refused FROM adding a WHERE a.place NOT IN (SELECT m.place FROM moved m);

            INSERT INTO writers (id, flush, newest, refused, flushed)
            VALUES (the_writer, the_flush, append_1.newest, append_1.refused, now())
            ON CONFLICT (id) DO UPDATE SET flush = excluded.flush, newest = excluded.newest, refused = excluded.refused, flushed = excluded.flushed;
        END
        $append$
        """;
}
