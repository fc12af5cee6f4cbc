using Exchange.Storage.Sql;

namespace Exchange.Storage.Journal;

/// <summary>
/// One entry holds what one stream appended in one flush. Entries are only ever added at the end of their table, and
/// each names the stream's entry before it, so a flush writes few pages however many streams it serves; an index on
/// (stream, sequence) would write one page per stream. The fence is the stream's row: it is moved from the expected
/// sequence or not at all. Marks note an entry of a stream now and then, for reading forward without walking back from
/// the end: 'previous' is the entry before the mark.
/// </summary>
internal static class JournalSchema
{
    public static readonly Migration[] Migrations =
    [
        new(1, "streams, entries and marks", """
            CREATE TABLE streams (
                id {identity},
                name TEXT NOT NULL UNIQUE,
                sequence BIGINT NOT NULL,
                last_entry BIGINT NOT NULL,
                since_mark BIGINT NOT NULL);
            CREATE TABLE entries (
                id {id},
                stream BIGINT NOT NULL,
                first_sequence BIGINT NOT NULL,
                records BIGINT NOT NULL,
                previous BIGINT NOT NULL,
                checksum BIGINT NOT NULL,
                payload {bytes} NOT NULL);
            CREATE TABLE marks (
                stream BIGINT NOT NULL,
                first_sequence BIGINT NOT NULL,
                previous BIGINT NOT NULL,
                PRIMARY KEY (stream, first_sequence)) {clustered};
            CREATE TABLE journal (id TEXT NOT NULL);
            """),
        new(2, "appending in one call", "") { Postgres = PostgresAppend.Script },
    ];
}
