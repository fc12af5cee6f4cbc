using Exchange.Storage.Sql;

namespace Exchange.Storage.State;

internal static class StateSchema
{
    public static readonly Migration[] Migrations =
    [
        new(1, "snapshots, grain state, dead letters, notifications", """
            CREATE TABLE snapshots (
                stream TEXT NOT NULL,
                sequence BIGINT NOT NULL,
                length BIGINT NOT NULL,
                sha256 {bytes} NOT NULL,
                payload {bytes} NOT NULL,
                PRIMARY KEY (stream, sequence));
            CREATE TABLE grain_state (
                state TEXT NOT NULL,
                grain TEXT NOT NULL,
                version BIGINT NOT NULL,
                payload {bytes},
                PRIMARY KEY (state, grain)) {clustered};
            CREATE TABLE dead_letters (
                id {identity},
                source TEXT NOT NULL,
                target TEXT NOT NULL,
                reason TEXT NOT NULL,
                payload {bytes} NOT NULL,
                added_ms BIGINT NOT NULL,
                retries BIGINT NOT NULL,
                retried_ms BIGINT NOT NULL);
            CREATE TABLE notifications (
                id {identity},
                account BIGINT NOT NULL,
                kind TEXT NOT NULL,
                body TEXT NOT NULL,
                added_ms BIGINT NOT NULL,
                is_read BIGINT NOT NULL);
            CREATE INDEX notifications_of_account ON notifications (account, id);
            """),
        new(2, "audit log", """
            CREATE TABLE audit_log (
                id {identity},
                at_ms BIGINT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                detail TEXT NOT NULL,
                address TEXT NOT NULL);
            """),
        new(3, "closures", """
            ALTER TABLE dead_letters ADD COLUMN resolved BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE notifications ADD COLUMN source TEXT;
            CREATE UNIQUE INDEX notifications_by_source ON notifications (source);
            CREATE TABLE closures (
                id {identity},
                source TEXT NOT NULL,
                account BIGINT NOT NULL,
                kind TEXT NOT NULL,
                outcome BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                error TEXT NOT NULL,
                at_ms BIGINT NOT NULL,
                filed_ms BIGINT NOT NULL,
                letter BIGINT NOT NULL);
            CREATE INDEX closures_by_source ON closures (source);
            CREATE TABLE closure_counts (
                kind TEXT NOT NULL PRIMARY KEY,
                completed BIGINT NOT NULL,
                failed BIGINT NOT NULL) {clustered};
            """),
        new(4, "queries of the Orleans engine", "") { Postgres = OrleansQueries.Script },
    ];
}
