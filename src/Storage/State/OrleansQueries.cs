namespace Exchange.Storage.State;

/// <summary>
/// What Microsoft.Orleans.Persistence.AdoNet asks of a database: it finds its statements in a table by their names, and knows
/// parameters and columns by theirs. Here they work on the table that our own engine keeps states in, so that either
/// engine goes on where the other left off. The type name carries the whole key: name of the state, a slash, and
/// the grain in hexadecimal. A write that comes too late answers with no row, which the provider takes for a conflict.
/// </summary>
internal static class OrleansQueries
{
    public const string Script = """
        CREATE FUNCTION grain_of_key_1(the_key TEXT) RETURNS TEXT
        LANGUAGE sql IMMUTABLE AS $grain$ SELECT convert_from(decode(split_part(the_key, '/', 2), 'hex'), 'UTF8') $grain$;
        CREATE FUNCTION write_grain_state_1(the_key TEXT, expected INTEGER, the_payload BYTEA) RETURNS TABLE (new_version INTEGER)
        LANGUAGE plpgsql AS $write$
        BEGIN
            PERFORM set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
            IF expected IS NULL THEN
                RETURN QUERY
                INSERT INTO grain_state AS g (state, grain, version, payload)
                VALUES (split_part(the_key, '/', 1), grain_of_key_1(the_key), 1, the_payload)
                ON CONFLICT (state, grain) DO NOTHING
                RETURNING g.version::INTEGER;
            ELSE
                RETURN QUERY
                UPDATE grain_state g SET version = expected + 1, payload = the_payload
                WHERE g.state = split_part(the_key, '/', 1) AND g.grain = grain_of_key_1(the_key) AND g.version = expected
                RETURNING g.version::INTEGER;
            END IF;
        END
        $write$;
        CREATE TABLE OrleansQuery (QueryKey TEXT NOT NULL PRIMARY KEY, QueryText TEXT NOT NULL);
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
            ('ReadFromStorageKey', 'SELECT payload AS PayloadBinary, version::INTEGER AS Version
                FROM grain_state WHERE state = split_part(@GrainTypeString, ''/'', 1) AND grain = grain_of_key_1(@GrainTypeString)'),
            ('WriteToStorageKey', 'SELECT new_version AS NewGrainStateVersion
                FROM write_grain_state_1(@GrainTypeString, @GrainStateVersion, @PayloadBinary)'),
            ('ClearStorageKey', 'SELECT new_version AS NewGrainStateVersion FROM write_grain_state_1(@GrainTypeString, @GrainStateVersion, NULL)');
        """;
}
